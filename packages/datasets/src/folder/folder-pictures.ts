import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { argumentError, assertFields } from '@eigengan/core';
import { unreadable } from '../bytes/unreadable';
import type { PictureSource } from '../pictures/picture-source';
import { assertFileSize } from '../pictures/whole-file';
import { assertFolderLabels, type FolderLabelsOptions, folderLabels } from './folder-labels';
import { listImages } from './list-images';

export type FolderPicturesOptions = FolderLabelsOptions;

/**
 * The image files of a folder and the folders in it, sorted by path. A file is open only while it is read.
 *
 * @throws FormatError when the folder is missing or holds no images, or, with labels, one outside of its
 * folders; ArgumentError for a bad option
 */
export async function folderPictures(
  folder: string,
  options: FolderPicturesOptions = {},
): Promise<PictureSource> {
  const where = 'imageFolder';
  if (typeof folder !== 'string' || folder === '')
    throw argumentError(where, 'needs the path of a folder', folder);
  assertFields(where, options, ['labels']);
  const { labels } = options;
  assertFolderLabels(where, options);
  const images = await listImages(folder);
  const names = images.map(({ name }) => name);
  const hash = createHash('sha256').update(resolve(folder));
  for (const { name, size, modified } of images) hash.update(`\n${name}: ${size} of ${modified}`);
  return {
    names,
    ...(labels === undefined ? {} : folderLabels(`${where}: ${folder}`, names)),
    fingerprint: hash.digest('hex'),
    read: async (index) => {
      const { name = '', size = 0 } = images[index] ?? {};
      assertFileSize(name, size);
      try {
        return await readFile(join(folder, name));
      } catch (cause) {
        throw unreadable(name, cause);
      }
    },
    close: async () => undefined,
  };
}
