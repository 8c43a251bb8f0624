import { formatError } from '@eigengan/core';
import type { ParquetFooter } from './footer';
import { type HubFeatures, hubFeatures } from './hub-features';
import type { Leaf } from './schema';

/** Which stored columns hold what. Numbers of leaves. */
export interface PictureColumns {
  readonly column: string;
  readonly bytes: number;
  /** Where the files were, if it is told. */
  readonly path: number | undefined;
  readonly label: number | undefined;
  readonly classes: readonly string[] | undefined;
}

const usualLabel = 'label';
const numberTypes = ['BOOLEAN', 'INT32', 'INT64', 'FLOAT', 'DOUBLE'];

/**
 * Finds the columns of pictures and labels.
 *
 * @param column what the pictures' column is called; by default the only one that holds pictures or bytes
 * @param label what the labels' column is called; by default the only one of classes, or `label`; false: none
 * @throws FormatError when there is none or several, with the columns there are
 */
export function pictureColumns(
  where: string,
  { leaves, notes }: ParquetFooter,
  column: string | undefined,
  label: string | false | undefined,
): PictureColumns {
  const features = hubFeatures(notes.get('huggingface'));
  const name = column ?? onlyPictures(where, leaves, features);
  const bytes = leaves.findIndex((leaf) => nameOf(leaf) === name && isBytes(leaf));
  if (bytes === -1) {
    throw formatError(where, `must have a column ${name} of bytes, or of bytes and path`, columnsOf(leaves));
  }
  refuseList(where, leaves[bytes]!);
  const path = leaves.findIndex(({ path: [outer, inner] }) => outer === name && inner === 'path');
  const labelName = label === false ? undefined : (label ?? usualLabelOf(leaves, features));
  return {
    column: name,
    bytes,
    path: path === -1 ? undefined : path,
    label: labelName === undefined ? undefined : labelLeaf(where, leaves, labelName),
    classes: labelName === undefined ? undefined : features.classes.get(labelName),
  };
}

/** `image` of both a column `image` and its fields `image.bytes`, `image.path`. */
const nameOf = ({ path }: Leaf): string => (path.length === 2 ? path[0]! : path.join('.'));
const columnsOf = (leaves: readonly Leaf[]): string[] => leaves.map(({ path }) => path.join('.'));

function isBytes({ path, type, text }: Leaf): boolean {
  return type === 'BYTE_ARRAY' && !text && (path.length === 1 || path[1] === 'bytes');
}

function onlyPictures(where: string, leaves: readonly Leaf[], { images }: HubFeatures): string {
  const candidates =
    images.length > 0
      ? images
      : leaves.filter((leaf) => isBytes(leaf) && !leaf.repeated && leaf.path.length <= 2).map(nameOf);
  const [only, another] = candidates;
  if (only === undefined) throw formatError(where, 'must have a column of pictures', columnsOf(leaves));
  if (another === undefined) return only;
  throw formatError(where, 'column must be given, as several hold pictures', candidates, {
    hint: `Give e.g. column: ${JSON.stringify(only)}`,
  });
}

function usualLabelOf(leaves: readonly Leaf[], { classes }: HubFeatures): string | undefined {
  const stored = [...classes.keys()].filter((name) => leaves.some((leaf) => nameOf(leaf) === name));
  if (stored.length === 1) return stored[0];
  const usual = leaves.find((leaf) => nameOf(leaf) === usualLabel && numberTypes.includes(leaf.type));
  return usual === undefined || usual.repeated ? undefined : usualLabel;
}

function labelLeaf(where: string, leaves: readonly Leaf[], name: string): number {
  const found = leaves.findIndex((leaf) => nameOf(leaf) === name);
  const leaf = leaves[found];
  if (leaf === undefined) throw formatError(where, `must have a column ${name}`, columnsOf(leaves));
  refuseList(where, leaf);
  if (numberTypes.includes(leaf.type)) return found;
  throw formatError(`${where}: ${name}`, `a label must be of type ${numberTypes.join(', ')}`, leaf.type);
}

function refuseList(where: string, leaf: Leaf): void {
  if (leaf.repeated) throw formatError(`${where}: ${nameOf(leaf)}`, 'must have one value a row', 'a list');
}
