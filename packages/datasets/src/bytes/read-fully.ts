import type { FileHandle } from 'node:fs/promises';

/** Fills `into` from `offset` on. Resolves to how many bytes there were, fewer than fit at the end of the file. */
export async function readFully(file: FileHandle, into: Uint8Array, offset: number): Promise<number> {
  let done = 0;
  while (done < into.length) {
    const { bytesRead } = await file.read(into, done, into.length - done, offset + done);
    if (bytesRead === 0) break;
    done += bytesRead;
  }
  return done;
}
