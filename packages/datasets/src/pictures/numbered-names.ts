import { formatError } from '@eigengan/core';

/** Ten times the largest data set of pictures that arrays are usually shared as. */
export const mostPictures = 10_000_000;

/**
 * Names for pictures that have none: their numbers, `0` first.
 *
 * @param before what stands before each number, such as the name of its file and a `/`
 * @throws FormatError for more than ten million, whose names alone would fill the memory
 */
export function numberedNames(where: string, length: number, before = ''): string[] {
  if (length > mostPictures) throw formatError(where, `may hold at most ${mostPictures} pictures`, length);
  return Array.from({ length }, (_, i) => `${before}${i}`);
}
