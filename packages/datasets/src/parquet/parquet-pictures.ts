import { argumentError, assertFields, assertInteger, formatError } from '@eigengan/core';
import { assertFiles } from '../bytes/assert-files';
import type { ByteSource } from '../bytes/byte-source';
import { eachConcurrently } from '../concurrency/each-concurrently';
import { firstAbove } from '../pictures/first-above';
import { mostPictures, numberedNames } from '../pictures/numbered-names';
import type { PictureSource } from '../pictures/picture-source';
import { type ColumnReader, columnReader, type KeptPage } from './column-reader';
import { type ParquetFooter, parquetFooter } from './footer';
import { type PageCache, pageCache } from './page-cache';
import { type PictureColumns, pictureColumns } from './picture-columns';
import type { ParquetValue } from './values';

export interface ParquetPicturesOptions {
  /** The column of the pictures; by default the only one that holds any. */
  readonly column?: string | undefined;
  /**
   * The column of the labels, one number a row; by default the only one of classes, else `label`, else there
   * are none; false: none. It is read at opening. A null is -1.
   */
  readonly label?: string | false | undefined;
  /** Calls the pictures by their `path`, which is then read at opening; by default by their rows. */
  readonly paths?: boolean | undefined;
  /** The bytes of unpacked pages to keep, 256 MiB by default: a read takes a page, with all pictures in it. */
  readonly pages?: number | undefined;
}

const where = 'parquetFiles';
export const parquetOptionNames = ['column', 'label', 'paths', 'pages'] as const;
const filesAtOnce = 8;

/**
 * The pictures in a column of Parquet files as the Hugging Face hub has them: encoded images, as bytes or as
 * struct { bytes, path }, called `<file>/<row>`. The files are parts of one set, in their order. Opening
 * reads the footers, and the labels.
 *
 * @throws FormatError when a file is none, or has no such columns; ArgumentError for a bad option
 */
export async function parquetPictures(
  files: readonly ByteSource[],
  options: ParquetPicturesOptions = {},
): Promise<PictureSource> {
  const { column, label, paths, pages } = checked(files, options);
  const cache = pageCache<KeptPage>(pages);
  const shards = await shardsOf(files, column, label, cache);
  const ends = shards.map(({ end }) => end);
  const length = ends.at(-1) ?? 0;
  if (length === 0) throw formatError(where, 'needs a row', 'empty files');
  const labels = await labelsOf(shards);
  const names = paths ? await pathsOf(shards) : shards.flatMap(numbersOf);
  cache.clear();
  return {
    names,
    labels,
    classes: shards[0]?.columns.classes,
    fingerprint: [shards[0]?.columns.column, ...files.map(({ fingerprint }) => fingerprint)].join('\n'),
    read: async (index) => {
      assertInteger(`${where}: index`, index, { min: 0, max: length - 1 });
      const shard = shards[firstAbove(ends, index)]!;
      const row = index - shard.first;
      const value = await valueAt(shard, shard.pictures, row);
      if (value instanceof Uint8Array) return value;
      throw formatError(`${shard.file.name}: row ${row}`, 'must hold a picture', 'null', {
        hint: 'Where only the path is stored, embed the files: Dataset.push_to_hub or embed_storage do',
      });
    },
    close: async () => {
      cache.clear();
      await Promise.all(files.map((file) => file.close()));
    },
  };
}

function checked(files: readonly ByteSource[], options: ParquetPicturesOptions) {
  assertFields(where, options, parquetOptionNames);
  assertFiles(where, files);
  const { column, label, paths = false, pages = 2 ** 28 } = options;
  for (const [name, value] of Object.entries({ column, label })) {
    if (value === undefined || (name === 'label' && value === false)) continue;
    if (typeof value !== 'string' || value === '') {
      throw argumentError(`${where}: ${name}`, 'must be the name of a column', value);
    }
  }
  if (typeof paths !== 'boolean') throw argumentError(`${where}: paths`, 'must be true or false', paths);
  assertInteger(`${where}: pages`, pages, { min: 0 });
  return { column, label, paths, pages };
}

/** A file, and which pictures of all are its rows. */
interface Shard {
  readonly file: ByteSource;
  readonly columns: PictureColumns;
  /** The number of its first row, and that after its last. */
  readonly first: number;
  readonly end: number;
  /** The number after the last row of each row group, in the file. */
  readonly groupEnds: readonly number[];
  readonly pictures: ColumnReader;
  readonly label: ColumnReader | undefined;
  readonly path: ColumnReader | undefined;
}

async function shardsOf(
  files: readonly ByteSource[],
  column: string | undefined,
  label: string | false | undefined,
  cache: PageCache<KeptPage>,
): Promise<Shard[]> {
  const footers = new Map<ByteSource, ParquetFooter>();
  await eachConcurrently(files, filesAtOnce, async (file) => {
    footers.set(file, await parquetFooter(file));
  });
  const shards: Shard[] = [];
  let first = 0;
  for (const [number, file] of files.entries()) {
    const footer = footers.get(file)!;
    const columns = pictureColumns(file.name, footer, column ?? shards[0]?.columns.column, label);
    const reader = (leaf: number | undefined) =>
      leaf === undefined ? undefined : columnReader(file, footer, leaf, String(number), cache);
    let row = 0;
    const groupEnds = footer.groups.map(({ rows }) => {
      row += rows;
      return row;
    });
    const end = first + row;
    if (end > mostPictures) throw formatError(file.name, `may bring at most ${mostPictures} pictures`, end);
    const pictures = columnReader(file, footer, columns.bytes, String(number), cache);
    const readers = { pictures, label: reader(columns.label), path: reader(columns.path) };
    shards.push({ file, columns, first, end, groupEnds, ...readers });
    first = end;
  }
  return shards;
}

async function valueAt(
  { groupEnds }: Shard,
  reader: ColumnReader,
  row: number,
): Promise<ParquetValue | undefined> {
  const group = firstAbove(groupEnds, row);
  return reader.read(group, row - (groupEnds[group - 1] ?? 0));
}

async function labelsOf(shards: readonly Shard[]): Promise<number[] | undefined> {
  if (shards.every(({ label }) => label === undefined)) return undefined;
  const labels: number[] = [];
  for (const shard of shards) {
    const { label, file, first, end } = shard;
    if (label === undefined) throw formatError(file.name, 'must have labels, as the other files', 'none');
    for (let row = 0; row < end - first; row++) {
      const value = (await valueAt(shard, label, row)) ?? -1;
      if (typeof value !== 'number' || (Number.isInteger(value) && !Number.isSafeInteger(value))) {
        throw formatError(`${file.name}: row ${row}`, 'a label must be a number below 2^53', value);
      }
      labels.push(value);
    }
  }
  return labels;
}

async function pathsOf(shards: readonly Shard[]): Promise<string[]> {
  const decoder = new TextDecoder();
  const names: string[] = [];
  for (const shard of shards) {
    const { path, file, first, end } = shard;
    if (path === undefined) throw formatError(file.name, 'the pictures must have a path', 'bytes alone');
    for (let row = 0; row < end - first; row++) {
      const value = await valueAt(shard, path, row);
      names.push(value instanceof Uint8Array ? decoder.decode(value) : `${file.name}/${row}`);
    }
  }
  return names;
}

function numbersOf({ file, first, end }: Shard): string[] {
  return numberedNames(file.name, end - first, `${file.name}/`);
}
