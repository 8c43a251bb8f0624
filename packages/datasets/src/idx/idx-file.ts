import { fileBytes } from '../bytes/file-bytes';
import { type IdxOptions, type IdxSource, idxImages } from './idx';

export interface IdxFileOptions extends Omit<IdxOptions, 'labels'> {
  /** The path of the IDX file of labels that belongs to the images. */
  readonly labels?: string | undefined;
}

/**
 * Reads an IDX file, gzipped or not, as `idx` does.
 *
 * @throws FormatError, naming the file, when there is none or it is not a whole IDX file of images
 */
export async function idxFile(path: string, options: IdxFileOptions = {}): Promise<IdxSource> {
  const { labels, ...rest } = options;
  const file = await fileBytes(path);
  const labelsFile = labels === undefined ? undefined : await fileBytes(labels);
  try {
    return await idxImages(file, { ...rest, labels: labelsFile });
  } finally {
    await Promise.all([file.close(), labelsFile?.close()]);
  }
}
