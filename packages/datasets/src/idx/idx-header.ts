import { formatError } from '@eigengan/core';

/** What an IDX file says of itself. */
export interface IdxHeader {
  readonly dimensions: readonly number[];
  /** Where the values begin. */
  readonly headerLength: number;
  /** How many bytes the file must have. */
  readonly fileLength: number;
}

const elementTypes: Readonly<Record<number, string>> = {
  8: 'uint8',
  9: 'int8',
  11: 'int16',
  12: 'int32',
  13: 'float32',
  14: 'float64',
};

/** An image file has at most four dimensions. */
export const longestHeader = 4 + 4 * 4;

/**
 * Reads the header of an IDX file (http://yann.lecun.com/exdb/mnist: two zeros, the element type, the number
 * of dimensions, then each dimension as a big-endian uint32).
 *
 * @param rank how many dimensions the file may have
 * @throws FormatError when these are no such header, or one of other elements than uint8
 */
export function idxHeader(where: string, bytes: Uint8Array, rank: readonly number[]): IdxHeader {
  if (bytes.length < 4) throw formatError(where, 'an IDX file has at least 4 bytes', bytes.length);
  const [zero, one, elementType = 0, count = 0] = bytes;
  if (zero !== 0 || one !== 0) {
    throw formatError(where, 'an IDX file begins with 0, 0', [...bytes.subarray(0, 4)]);
  }
  if (elementType !== 8) {
    const name = elementTypes[elementType] ?? `the unknown type ${elementType}`;
    throw formatError(where, 'the elements must be uint8 (type 8)', name);
  }
  if (!rank.includes(count)) {
    throw formatError(where, `must have ${rank.join(' or ')} dimensions`, count);
  }
  const headerLength = 4 + 4 * count;
  if (bytes.length < headerLength) {
    throw formatError(where, `the header of ${count} dimensions has ${headerLength} bytes`, bytes.length);
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const dimensions = Array.from({ length: count }, (_, i) => view.getUint32(4 + 4 * i));
  const values = dimensions.reduce((product, size) => product * size, 1);
  if (values === 0) throw formatError(where, 'no dimension may be 0', dimensions);
  return { dimensions, headerLength, fileLength: headerLength + values };
}
