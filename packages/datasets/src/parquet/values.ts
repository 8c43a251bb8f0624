import { formatError } from '@eigengan/core';
import type { ParquetType } from './schema';

export type ParquetValue = Uint8Array | number;

/** Values one after the other, without nulls. */
export interface Values {
  readonly count: number;
  at(i: number): ParquetValue;
}

/** How many bytes a number takes, and how it is read. */
const numbers: Partial<Record<ParquetType, { size: number; read: (view: DataView, at: number) => number }>> =
  {
    INT32: { size: 4, read: (view, at) => view.getInt32(at, true) },
    INT64: { size: 8, read: (view, at) => Number(view.getBigInt64(at, true)) },
    FLOAT: { size: 4, read: (view, at) => view.getFloat32(at, true) },
    DOUBLE: { size: 8, read: (view, at) => view.getFloat64(at, true) },
  };

/**
 * The first `count` values of `bytes`, each as it is (PLAIN = 0 of
 * https://parquet.apache.org/docs/file-format/data-pages/encodings).
 *
 * @throws FormatError when there are fewer
 */
export function plainValues(where: string, type: ParquetType, bytes: Uint8Array, count: number): Values {
  if (type === 'BYTE_ARRAY') return byteArrays(where, bytes, count);
  if (type === 'BOOLEAN') {
    assertHolds(where, bytes, Math.ceil(count / 8));
    return { count, at: (i) => (bytes[Math.floor(i / 8)]! >> (i % 8)) & 1 };
  }
  const number = numbers[type];
  if (number === undefined) throw formatError(where, 'the values must be bytes or numbers', type);
  assertHolds(where, bytes, count * number.size);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return { count, at: (i) => number.read(view, i * number.size) };
}

/** Each begins with its length in four bytes. */
function byteArrays(where: string, bytes: Uint8Array, count: number): Values {
  assertHolds(where, bytes, 4 * count);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const ends = new Uint32Array(count);
  let at = 0;
  for (let i = 0; i < count; i++) {
    assertHolds(where, bytes, at + 4);
    at += 4 + view.getUint32(at, true);
    assertHolds(where, bytes, at);
    ends[i] = at;
  }
  return { count, at: (i) => bytes.subarray(4 + (i === 0 ? 0 : ends[i - 1]!), ends[i]) };
}

/** Byte arrays whose lengths stand before them all (DELTA_LENGTH_BYTE_ARRAY = 6). */
export function lengthsFirst(where: string, bytes: Uint8Array, lengths: Float64Array): Values {
  const ends = new Uint32Array(lengths.length);
  let at = 0;
  lengths.forEach((length, i) => {
    if (length < 0) throw formatError(where, 'a length must be at least 0', length);
    at += length;
    assertHolds(where, bytes, at);
    ends[i] = at;
  });
  return { count: ends.length, at: (i) => bytes.subarray(i === 0 ? 0 : ends[i - 1], ends[i]) };
}

/** Values by their numbers in a dictionary. */
export function dictionaryValues(where: string, dictionary: Values, indices: Uint32Array): Values {
  for (let i = 0; i < indices.length; i++) {
    if (indices[i]! < dictionary.count) continue;
    throw formatError(where, `must be in the dictionary of ${dictionary.count}`, indices[i]);
  }
  return { count: indices.length, at: (i) => dictionary.at(indices[i]!) };
}

function assertHolds(where: string, bytes: Uint8Array, needed: number): void {
  if (needed > bytes.length) throw formatError(where, `the values need ${needed} bytes`, bytes.length);
}
