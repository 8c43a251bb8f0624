import { argumentError, formatError } from '@eigengan/core';
import type { ByteSource } from '../bytes/byte-source';

/** What a record of the binary version holds before its pixels, and how many classes there are. */
export interface CifarKind {
  readonly name: 'cifar10' | 'cifar100';
  /** The label bytes of a record, in their order. */
  readonly labels: readonly { readonly name: 'fine' | 'coarse'; readonly classes: number }[];
}

/** Height and width of a picture. */
export const side = 32;
/** The bytes of a picture: its red, its green and its blue plane. */
export const pictureBytes = 3 * side * side;

export const cifarKinds: readonly CifarKind[] = [
  { name: 'cifar10', labels: [{ name: 'fine', classes: 10 }] },
  {
    name: 'cifar100',
    labels: [
      { name: 'coarse', classes: 20 },
      { name: 'fine', classes: 100 },
    ],
  },
];

/** The bytes of a record. */
export function recordBytes(kind: CifarKind): number {
  return kind.labels.length + pictureBytes;
}

/**
 * The kind that is asked for, or else the one whose records the files are whole numbers of.
 *
 * @throws FormatError when a file ends within a record; ArgumentError when it could be of either kind
 */
export function kindOf(files: readonly ByteSource[], wanted: CifarKind['name'] | undefined): CifarKind {
  const asked = cifarKinds.filter(({ name }) => wanted === undefined || name === wanted);
  const fitting = asked.filter((kind) => files.every((file) => isWhole(file, kind)));
  const [kind, another] = fitting;
  if (kind === undefined) {
    const sizes = asked.map((kind) => `${recordBytes(kind)} (${kind.name})`).join(' or ');
    const wrong = files.find((file) => !asked.some((kind) => isWhole(file, kind)));
    if (wrong !== undefined) {
      throw formatError(wrong.name, `must be a whole number of records of ${sizes} bytes`, wrong.size);
    }
    throw formatError(
      'cifarFiles',
      'the files must be of one kind',
      files.map(({ size }) => size),
    );
  }
  if (another !== undefined) {
    throw argumentError(
      'cifarFiles',
      `kind must be given, as a file of this size can be either`,
      files[0]?.size,
    );
  }
  return kind;
}

function isWhole(file: ByteSource, kind: CifarKind): boolean {
  return file.size > 0 && file.size % recordBytes(kind) === 0;
}
