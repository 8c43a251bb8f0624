import type { Dirent } from 'node:fs';
import { readdir, realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { FormatError, messageOf } from '@eigengan/core';
import { eachConcurrently } from '../concurrency/each-concurrently';
import { hasImageSuffix, noImages } from '../pictures/image-names';

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
 * dot). Links are followed, but into a folder that the link lies in: its images are listed already. A link to
 * nothing is listed, so that who reads it learns of it.
 *
 * @throws FormatError when there is no such folder, or no image in it
 */
export async function listImages(folder: string): Promise<ListedImage[]> {
  const where = `imageFolder: ${folder}`;
  try {
    const { names, others } = await namesIn(folder);
    const images = await withSizes(folder, names);
    if (images.length > 0) return images;
    throw noImages(where, others);
  } catch (cause) {
    if (cause instanceof FormatError) throw cause;
    const reason = messageOf(cause);
    throw new FormatError(`${where}: cannot be read: ${reason}`, { cause });
  }
}

async function namesIn(folder: string): Promise<{ names: string[]; others: number }> {
  const names: string[] = [];
  let others = 0;
  /** `around` are the folders that it lies in, by where they really are. */
  const visit = async (inner: string, around: readonly string[]): Promise<void> => {
    const path = join(folder, inner);
    const place = await realpath(path);
    if (around.includes(place)) return;
    for (const entry of await readdir(path, { withFileTypes: true })) {
      if (entry.name.startsWith('.')) continue;
      const name = inner === '' ? entry.name : `${inner}/${entry.name}`;
      if (await isFolder(join(folder, name), entry)) await visit(name, [...around, place]);
      else if (hasImageSuffix(entry.name)) names.push(name);
      else others++;
    }
  };
  await visit('', []);
  return { names: names.sort(), others };
}

async function isFolder(path: string, entry: Dirent): Promise<boolean> {
  if (!entry.isSymbolicLink()) return entry.isDirectory();
  const found = await stat(path).catch(() => undefined);
  return found?.isDirectory() ?? false;
}

/** Without pipes and devices. What cannot be asked for its size stays: to read it says why. */
async function withSizes(folder: string, names: readonly string[]): Promise<ListedImage[]> {
  const images: (ListedImage | undefined)[] = names.map((name) => ({ name, size: 0, modified: 0 }));
  await eachConcurrently(names, 64, async (name, i) => {
    const found = await stat(join(folder, name)).catch(() => undefined);
    if (found === undefined) return;
    images[i] = found.isFile() ? { name, size: found.size, modified: found.mtimeMs } : undefined;
  });
  return images.filter((image) => image !== undefined);
}
