import { readFile } from 'node:fs/promises';
import { FormatError } from '@eigengan/core';
import { type IdxOptions, type IdxSource, idxSource } from './idx';

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
  const bytes = await bytesOf(path);
  return idxSource(path, bytes, {
    ...rest,
    labels: labels === undefined ? undefined : await bytesOf(labels),
  });
}

async function bytesOf(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new FormatError(`idxFile: cannot read ${path}: ${reason}`, { cause });
  }
}
