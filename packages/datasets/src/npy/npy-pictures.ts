import { assertFields } from '@eigengan/core';
import type { ByteSource } from '../bytes/byte-source';
import type { PictureSource } from '../pictures/picture-source';
import { type ArrayOptions, arrayOptionNames, checkedArrayOptions } from './array-options';
import { arrayPictures } from './array-pictures';

export interface NpyPicturesOptions extends ArrayOptions {
  /** The .npy file of the labels: [pictures] or [pictures, values]. */
  readonly labels?: ByteSource | undefined;
}

export const npyOptionNames = ['labels', ...arrayOptionNames] as const;

/**
 * The pictures of a numpy array, [pictures, height, width] or with 1 to 4 channels, called by their numbers.
 * Of an array in C's order each read takes one picture's bytes from the file.
 *
 * @throws FormatError when the file is no such array, whole; ArgumentError for a bad option
 */
export async function npyPictures(
  file: ByteSource,
  options: NpyPicturesOptions = {},
): Promise<PictureSource> {
  assertFields('npyFile', options, npyOptionNames);
  return arrayPictures(file, options.labels, checkedArrayOptions('npyFile', options));
}
