import { randomUUID } from 'node:crypto';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

const temporaryName = /^\..+\.(\d+)-[\da-f-]{36}\.tmp$/;

/** The process that is writing a temporary file, or null for another file. */
export function writerOf(name: string): number | null {
  const id = temporaryName.exec(name)?.[1];
  return id === undefined ? null : Number(id);
}

/**
 * Writes a file so that a reader, or a crash at any moment, sees the old content whole or the new one
 * whole: a temporary file beside it, synced, then renamed over it. Makes the folder if there is none.
 */
export async function writeFileAtomic(path: string, content: Uint8Array | string): Promise<void> {
  const folder = dirname(path);
  await mkdir(folder, { recursive: true });
  const temporary = join(folder, `.${basename(path)}.${process.pid}-${randomUUID()}.tmp`);
  try {
    const file = await open(temporary, 'wx');
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
  await syncFolder(folder);
}

/** Makes the rename itself durable, where the system lets a folder be synced (Windows does not). */
async function syncFolder(path: string): Promise<void> {
  try {
    const folder = await open(path, 'r');
    try {
      await folder.sync();
    } finally {
      await folder.close();
    }
  } catch (error) {
    if (process.platform !== 'win32') throw error;
  }
}
