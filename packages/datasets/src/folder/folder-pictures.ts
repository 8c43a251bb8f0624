import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { argumentError, assertFields, EigenganError, FormatError, formatError } from '@eigengan/core';
import type { PictureSource } from '../pictures/picture-source';
import { folderLabels } from './folder-labels';
import { listImages } from './list-images';

export interface FolderPicturesOptions {
  /** `folders`: each image's class is the first folder on its path, and every image must be in one. None by default. */
  readonly labels?: 'folders' | undefined;
}

/** A file is read whole, and no image file that can be decoded is larger. */
const mostBytes = 2 ** 30;

/** What says that the process, not the file, is the reason. */
const shortages = ['EMFILE', 'ENFILE', 'ENOMEM'];

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
  if (labels !== undefined && labels !== 'folders') {
    throw argumentError(`${where}: labels`, "must be 'folders' or undefined", labels);
  }
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
      if (size > mostBytes) throw formatError(name, `may hold at most ${mostBytes} bytes`, size);
      try {
        return await readFile(join(folder, name));
      } catch (cause) {
        const reason = `${name}: cannot be read: ${cause instanceof Error ? cause.message : String(cause)}`;
        const short = cause instanceof Error && 'code' in cause && shortages.includes(String(cause.code));
        throw short ? new EigenganError(reason, { cause }) : new FormatError(reason, { cause });
      }
    },
    close: async () => undefined,
  };
}
