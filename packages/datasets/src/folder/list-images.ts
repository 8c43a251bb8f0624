import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { FormatError, formatError } from '@eigengan/core';
import { eachConcurrently } from '../concurrency/each-concurrently';
import { hasImageSuffix, imageSuffixes } from '../pictures/image-names';

export interface ListedImage {
  /** Path from the folder, with `/`. */
  readonly name: string;
  /** Bytes. */
  readonly size: number;
  /** When it was last changed, milliseconds. */
  readonly modified: number;
}

/**
 * The image files of a folder and the folders in it, in the order of their characters' codes, so the same on
 * every machine. By suffix, in upper or lower case; without hidden files and folders (those that begin with a
 * dot). A link to a file is followed, one to a folder is not.
 *
 * @throws FormatError when there is no such folder, or no image in it
 */
export async function listImages(folder: string): Promise<ListedImage[]> {
  const where = `imageFolder: ${folder}`;
  try {
    const { names, others } = await namesIn(folder);
    const images = await withSizes(folder, names);
    if (images.length > 0) return images;
    throw formatError(
      where,
      `the folder must hold images (${imageSuffixes.join(' ')})`,
      `none, and ${others} other files`,
    );
  } catch (cause) {
    if (cause instanceof FormatError) throw cause;
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new FormatError(`${where}: cannot be read: ${reason}`, { cause });
  }
}

async function namesIn(folder: string): Promise<{ names: string[]; others: number }> {
  const names: string[] = [];
  let others = 0;
  const visit = async (inner: string): Promise<void> => {
    for (const entry of await readdir(join(folder, inner), { withFileTypes: true })) {
      if (entry.name.startsWith('.')) continue;
      const name = inner === '' ? entry.name : `${inner}/${entry.name}`;
      if (entry.isDirectory()) await visit(name);
      else if (hasImageSuffix(entry.name)) names.push(name);
      else others++;
    }
  };
  await visit('');
  return { names: names.sort((a, b) => (a < b ? -1 : 1)), others };
}

/** Without what is no file, as a link to nothing or to a folder. */
async function withSizes(folder: string, names: readonly string[]): Promise<ListedImage[]> {
  const images: (ListedImage | undefined)[] = Array.from({ length: names.length });
  await eachConcurrently(names, 64, async (name, i) => {
    const found = await stat(join(folder, name)).catch(() => undefined);
    if (found?.isFile()) images[i] = { name, size: found.size, modified: found.mtimeMs };
  });
  return images.filter((image) => image !== undefined);
}
