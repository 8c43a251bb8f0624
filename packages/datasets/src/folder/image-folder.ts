import { argumentError } from '@eigengan/core';
import { loadSharp } from '../decode/sharp-decoder';
import type { ImageOptions } from '../image-set/image-options';
import { type ImageSet, imageSet } from '../image-set/image-set';
import { nodePlatform } from '../image-set/node-platform';
import type { ImageSize } from '../image-size';
import { type FolderPicturesOptions, folderPictures } from './folder-pictures';

export type ImageFolderOptions = FolderPicturesOptions &
  ImageOptions & {
    /** Pixels a side, or [height, width], at least 8. */
    readonly size: ImageSize;
  };

/**
 * Opens a folder of images, with the folders in it, sorted by path. Nothing is decoded before it is read:
 * `decodeAll` of what it gives says what is damaged. Needs the package sharp.
 *
 * @throws MissingPackageError without sharp; FormatError when the folder is missing or has no images;
 * ArgumentError for a bad option
 */
export async function imageFolder(path: string, options: ImageFolderOptions): Promise<ImageSet> {
  const where = 'imageFolder';
  if (typeof options !== 'object' || options === null) {
    throw argumentError(where, 'needs options with a size, e.g. { size: 64 }', options);
  }
  const { labels, ...imageOptions } = options;
  await loadSharp(where);
  return imageSet(await folderPictures(path, { labels }), imageOptions, nodePlatform, where);
}
