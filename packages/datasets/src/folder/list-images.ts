import { readdir, stat } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { FormatError, formatError } from '@eigengan/core';

const suffixes = ['.jpg', '.jpeg', '.png', '.webp', '.avif', '.gif', '.tif', '.tiff'];

/**
 * The image files of a folder and the folders in it, as paths from it with `/`, in the order of their
 * characters' codes, so the same on every machine. By suffix, in upper or lower case; without hidden files
 * and folders (those that begin with a dot). A link to a file is followed, one to a folder is not.
 *
 * @throws FormatError when there is no such folder, or no image in it
 */
export async function listImages(folder: string): Promise<string[]> {
  const found: string[] = [];
  let others = 0;
  const visit = async (inner: string): Promise<void> => {
    for (const entry of await readdir(join(folder, inner), { withFileTypes: true })) {
      if (entry.name.startsWith('.')) continue;
      const path = inner === '' ? entry.name : `${inner}/${entry.name}`;
      if (entry.isDirectory()) await visit(path);
      else if (!suffixes.includes(extname(entry.name).toLowerCase())) others++;
      else if (entry.isFile() || (await isLinkToFile(join(folder, path)))) found.push(path);
    }
  };
  try {
    await visit('');
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new FormatError(`imageFolder: cannot read the folder ${folder}: ${reason}`, { cause });
  }
  if (found.length === 0) {
    const rule = `the folder must hold images (${suffixes.join(' ')})`;
    throw formatError(`imageFolder: ${folder}`, rule, `none, and ${others} other files`);
  }
  return found.sort((a, b) => (a < b ? -1 : 1));
}

async function isLinkToFile(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isFile();
  } catch {
    // A link to nothing.
    return false;
  }
}
