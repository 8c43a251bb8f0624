import { type FileHandle, open, stat } from 'node:fs/promises';
import { formatError } from '@eigengan/core';
import { assertWithin, type ByteSource } from './byte-source';
import { readFully } from './read-fully';
import { unreadable } from './unreadable';

/**
 * A file on disk. It is open from the first read to `close`.
 *
 * @throws FormatError when there is no such file
 */
export async function fileBytes(path: string): Promise<ByteSource> {
  const { size, mtimeMs } = await named(path, stat(path));
  let opened: Promise<FileHandle> | undefined;
  const handleOf = async (): Promise<FileHandle> => {
    opened ??= open(path, 'r');
    try {
      return await opened;
    } catch (error) {
      // A later read tries again: the process may have had too many files open.
      opened = undefined;
      throw error;
    }
  };
  return {
    name: path,
    size,
    fingerprint: `${path}: ${size} of ${mtimeMs}`,
    read: async (offset, length) => {
      assertWithin(path, size, offset, length);
      const handle = await named(path, handleOf());
      const bytes = new Uint8Array(length);
      const done = await named(path, readFully(handle, bytes, offset));
      if (done === length) return bytes;
      throw formatError(path, `must hold ${size} bytes, as when it was opened`, offset + done);
    },
    close: async () => {
      const closing = opened;
      opened = undefined;
      await (await closing)?.close();
    },
  };
}

async function named<T>(path: string, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (cause) {
    throw unreadable(path, cause);
  }
}
