import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** What the names of cache files end in. */
export const cacheSuffix = '.eigengan-images';

const days = 24 * 60 * 60 * 1000;

/** Removes from a folder the caches that nobody opened for thirty days, which is what their time of change says. */
export async function removeUnused(folder: string, now = Date.now()): Promise<void> {
  for (const name of await readdir(folder).catch(() => [])) {
    if (!name.endsWith(cacheSuffix)) continue;
    const path = join(folder, name);
    const found = await stat(path).catch(() => undefined);
    // Another process may be removing it too.
    if (found !== undefined && now - found.mtimeMs > 30 * days)
      await rm(path, { force: true }).catch(() => {});
  }
}
