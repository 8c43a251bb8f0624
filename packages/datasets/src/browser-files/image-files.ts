import { argumentError } from '@eigengan/core';
import { browserPlatform } from '../image-set/browser-platform';
import type { ImageOptions } from '../image-set/image-options';
import { type ImageSet, imageSet } from '../image-set/image-set';
import type { ImageSize } from '../image-size';
import { type BrowserFiles, type BrowserPicturesOptions, browserPictures } from './browser-pictures';

export type ImageFilesOptions = BrowserPicturesOptions &
  ImageOptions & {
    /** Pixels a side, or [height, width], at least 8. */
    readonly size: ImageSize;
  };

/**
 * Opens image files of a page: what `<input type="file" multiple>` or `webkitdirectory` gives (FileList), a
 * list of Files, the handle of a folder (`showDirectoryPicker`) or of files, or a list of URLs. Files and those
 * in folders are taken by suffix, without hidden ones, and sorted by path as `imageFolder` sorts them; URLs are
 * all taken, as listed. Nothing is read before it is asked for.
 *
 * @throws FormatError when there are no images; ArgumentError for what are no files, or a bad option
 */
export async function imageFiles(files: BrowserFiles, options: ImageFilesOptions): Promise<ImageSet> {
  const where = 'imageFiles';
  if (typeof options !== 'object' || options === null) {
    throw argumentError(where, 'needs options with a size, e.g. { size: 64 }', options);
  }
  const { labels, requests, ...imageOptions } = options;
  return imageSet(await browserPictures(files, { labels, requests }), imageOptions, browserPlatform, where);
}
