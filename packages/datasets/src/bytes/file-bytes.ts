import { type FileHandle, open, stat } from 'node:fs/promises';
import { FormatError, formatError } from '@eigengan/core';
import { assertWithin, type ByteSource } from './byte-source';

/**
 * A file on disk. It is open from the first read to `close`.
 *
 * @throws FormatError when there is no such file
 */
export async function fileBytes(path: string): Promise<ByteSource> {
  const { size, mtimeMs } = await named(path, stat(path));
  let opened: Promise<FileHandle> | undefined;
  return {
    name: path,
    size,
    fingerprint: `${path}: ${size} of ${mtimeMs}`,
    read: async (offset, length) => {
      assertWithin(path, size, offset, length);
      opened ??= open(path, 'r');
      const handle = await named(path, opened);
      const bytes = new Uint8Array(length);
      for (let done = 0; done < length; ) {
        const { bytesRead } = await named(path, handle.read(bytes, done, length - done, offset + done));
        if (bytesRead === 0) {
          throw formatError(path, `must hold ${size} bytes, as when it was opened`, offset + done);
        }
        done += bytesRead;
      }
      return bytes;
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
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new FormatError(`${path}: cannot be read: ${reason}`, { cause });
  }
}
