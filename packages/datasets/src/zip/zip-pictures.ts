import { argumentError, assertFields, assertInteger } from '@eigengan/core';
import type { ByteSource } from '../bytes/byte-source';
import { folderLabels } from '../folder/folder-labels';
import type { Label, PictureSource } from '../pictures/picture-source';
import { datasetLabels } from './dataset-labels';
import { zipDirectory } from './zip-directory';
import { zipEntryBytes } from './zip-entry-bytes';
import { type ZipImages, zipImages } from './zip-images';

export interface ZipPicturesOptions {
  /**
   * `dataset`: the labels in the archive's `dataset.json`, as StyleGAN has it, which must then be there and
   * have labels. `folders`: each picture's class is the first folder on its path, and every picture must be
   * in one. By default those of `dataset.json` where there are any, else none.
   */
  readonly labels?: 'dataset' | 'folders' | undefined;
  /** Refuses a picture that unpacks to more bytes; 256 MiB by default. */
  readonly maxBytes?: number | undefined;
}

export const zipOptionNames = ['labels', 'maxBytes'] as const;

/** That of some two million pictures. */
const mostDatasetBytes = 2 ** 27;

/**
 * The image files in a zip archive, ZIP64 too, stored or deflated, sorted by path. Opening reads the
 * archive's directory; `read` takes one file's bytes, and checks their CRC-32. An entry that is encrypted or
 * packed by another method is a damaged picture.
 *
 * @throws FormatError when the file is no whole archive or holds no images, when a name leads out of it or
 * entries share bytes, or when labels are wanted that it does not have; ArgumentError for a bad option
 */
export async function zipPictures(
  file: ByteSource,
  options: ZipPicturesOptions = {},
): Promise<PictureSource> {
  const where = 'zipFile';
  assertFields(where, options, zipOptionNames);
  const { labels, maxBytes = 2 ** 28 } = options;
  if (labels !== undefined && labels !== 'dataset' && labels !== 'folders') {
    throw argumentError(`${where}: labels`, "must be 'dataset', 'folders' or undefined", labels);
  }
  assertInteger(`${where}: maxBytes`, maxBytes, { min: 1 });
  const directory = await zipDirectory(file);
  const images = zipImages(file, directory);
  const { names, entries } = images;
  return {
    names,
    ...(labels === 'folders'
      ? folderLabels(`${where}: ${file.name}`, names)
      : { labels: await labelsOf(file, images, labels === 'dataset') }),
    fingerprint: file.fingerprint,
    read: async (index) => {
      assertInteger(`${where}: index`, index, { min: 0, max: names.length - 1 });
      return zipEntryBytes(file, directory.entry(entries[index]!), maxBytes);
    },
    close: () => file.close(),
  };
}

async function labelsOf(
  file: ByteSource,
  { dataset, names }: ZipImages,
  wanted: boolean,
): Promise<readonly Label[] | undefined> {
  const where = `${file.name}: dataset.json`;
  const found =
    dataset === undefined
      ? undefined
      : datasetLabels(where, await zipEntryBytes(file, dataset, mostDatasetBytes), names);
  if (found !== undefined || !wanted) return found;
  throw argumentError(
    where,
    "labels: 'dataset' needs a list of labels in it",
    dataset === undefined ? 'no such file' : 'none',
  );
}
