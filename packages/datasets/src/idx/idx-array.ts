import { formatError } from '@eigengan/core';
import type { ByteSource } from '../bytes/byte-source';
import { bytesInMemory } from '../bytes/bytes-in-memory';
import { gunzip, isGzip } from '../gzip/gunzip';
import { idxHeader, longestHeader } from './idx-header';

/** The array of an IDX file, still in it. */
export interface IdxArray {
  readonly dimensions: readonly number[];
  /** `length` values from number `first` on. The caller does not change them. */
  read(first: number, length: number): Promise<Uint8Array>;
}

/**
 * Opens an IDX file. A gzipped one is unpacked into memory, any other stays where it is.
 *
 * @param rank how many dimensions the array may have
 * @throws FormatError when the file is none, is not whole, or unpacks to more than `maxBytes`
 */
export async function idxArray(
  file: ByteSource,
  rank: readonly number[],
  maxBytes: number,
): Promise<IdxArray> {
  const where = file.name;
  const head = await file.read(0, Math.min(longestHeader, file.size));
  const unpacked = isGzip(head) ? await unpackedFile(file, rank, maxBytes) : file;
  const start = unpacked === file ? head : await unpacked.read(0, Math.min(longestHeader, unpacked.size));
  const { dimensions, headerLength, fileLength } = idxHeader(where, start, rank);
  if (unpacked.size !== fileLength) {
    throw formatError(where, `dimensions [${dimensions.join(', ')}] need ${fileLength} bytes`, unpacked.size);
  }
  return { dimensions, read: (first, length) => unpacked.read(headerLength + first, length) };
}

async function unpackedFile(
  file: ByteSource,
  rank: readonly number[],
  maxBytes: number,
): Promise<ByteSource> {
  const where = file.name;
  if (file.size > maxBytes) {
    throw formatError(where, `may have at most maxBytes = ${maxBytes} bytes`, file.size);
  }
  const bytes = await gunzip(where, await file.read(0, file.size), longestHeader, (head) => {
    const { dimensions, fileLength } = idxHeader(where, head, rank);
    if (fileLength <= maxBytes) return fileLength;
    const rule = `dimensions [${dimensions.join(', ')}] may take at most maxBytes = ${maxBytes} bytes`;
    throw formatError(where, rule, fileLength);
  });
  return bytesInMemory(where, bytes);
}

/** The [length, height, width, channels] of an IDX file of images. */
export function imageDimensions(
  where: string,
  { dimensions }: IdxArray,
): readonly [length: number, height: number, width: number, channels: 1 | 3 | 4] {
  const [length = 0, height = 0, width = 0, channels = 1] = dimensions;
  if (channels === 1 || channels === 3 || channels === 4) return [length, height, width, channels];
  throw formatError(`${where}: dimensions`, 'images must have 1, 3 or 4 channels', dimensions);
}

/** The labels in an IDX file, which must be as many as the images. */
export async function idxLabels(file: ByteSource, images: number, maxBytes: number): Promise<Uint8Array> {
  const array = await idxArray(file, [1], maxBytes);
  const [length = 0] = array.dimensions;
  if (length !== images) throw formatError(file.name, `must be as many as the ${images} images`, length);
  return array.read(0, length);
}
