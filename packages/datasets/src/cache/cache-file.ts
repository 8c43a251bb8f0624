import { createHash } from 'node:crypto';
import { type FileHandle, mkdir, open, rm, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { messageOf } from '@eigengan/core';
import { readFully } from '../bytes/read-fully';
import { defaultCacheFolder } from './cache-folder';
import type { CacheContents, CachedPicture, ImageCache, OpenCache } from './image-cache';
import { cacheSuffix, removeUnused } from './remove-unused';
import { decodeSlot, encodeSlot, slotBytes } from './slot';

/** A text of this length, filled up with line ends, begins a file, so that none of other contents is taken for it. */
const headerBytes = 128;
const format = 'eigengan images 1';

/**
 * A file of slots. Each slot is written by itself and bears a checksum, so that a process may be killed at
 * any moment, and several may write the same file: what is not whole counts as not there. Slots not yet
 * written take no place on most systems. A file that begins otherwise than it should is made anew.
 */
export const openCacheFile: OpenCache = async (folder = defaultCacheFolder(), contents) => {
  const cache = new CacheFile(folder, contents);
  await mkdir(folder, { recursive: true });
  if (folder === defaultCacheFolder()) await removeUnused(folder);
  await cache.open();
  // Who cleans up sees by this that it is in use.
  await utimes(cache.file, new Date(), new Date()).catch(() => {});
  return cache;
};

class CacheFile implements ImageCache {
  readonly file: string;
  problem: string | undefined;
  readonly #header: Uint8Array;
  readonly #imageBytes: number;
  #opened: Promise<FileHandle> | undefined;

  constructor(folder: string, { fingerprint, length, imageBytes }: CacheContents) {
    const all = [format, length, imageBytes, fingerprint].join('\n');
    const key = createHash('sha256').update(all).digest('hex');
    this.file = join(folder, `${key.slice(0, 32)}${cacheSuffix}`);
    this.#header = new TextEncoder().encode(`${format}\n${key}`.padEnd(headerBytes, '\n'));
    this.#imageBytes = imageBytes;
  }

  async open(): Promise<FileHandle> {
    this.#opened ??= opened(this.file, this.#header);
    return this.#opened;
  }

  async read(index: number): Promise<CachedPicture | undefined> {
    try {
      const file = await this.open();
      const slot = new Uint8Array(slotBytes(this.#imageBytes));
      const length = await readFully(file, slot, this.#offset(index));
      return decodeSlot(index, slot.subarray(0, length), this.#imageBytes);
    } catch (error) {
      this.#fail(error);
      return undefined;
    }
  }

  async write(index: number, picture: CachedPicture): Promise<void> {
    if (this.problem !== undefined) return;
    try {
      const file = await this.open();
      const slot = encodeSlot(index, picture, this.#imageBytes);
      for (let done = 0; done < slot.length; ) {
        const { bytesWritten } = await file.write(slot, done, slot.length - done, this.#offset(index) + done);
        done += bytesWritten;
      }
    } catch (error) {
      this.#fail(error);
    }
  }

  async close(): Promise<void> {
    const closing = this.#opened;
    this.#opened = undefined;
    await (await closing?.catch(() => undefined))?.close();
  }

  #offset(index: number): number {
    return headerBytes + index * slotBytes(this.#imageBytes);
  }

  #fail(error: unknown): void {
    this.problem ??= `${this.file}: ${messageOf(error)}`;
  }
}

/** The file, open to read and write, its header as it should be. */
async function opened(path: string, header: Uint8Array): Promise<FileHandle> {
  // Again when another process is making it just now, or removes a foreign file as we do.
  for (let attempt = 1; attempt <= 10; attempt++) {
    const existing = await open(path, 'r+').catch(unless('ENOENT'));
    const file = existing ?? (await created(path, header).catch(unless('EEXIST')));
    if (file === undefined) continue;
    const begun = new Uint8Array(header.length);
    const length = await readFully(file, begun, 0);
    if (Buffer.compare(begun, header) === 0) return file;
    await file.close();
    if (length < header.length && attempt < 5) await sleep(20);
    else await rm(path, { force: true });
  }
  throw new Error(`${path}: other processes replace it again and again`);
}

async function created(path: string, header: Uint8Array): Promise<FileHandle> {
  const file = await open(path, 'wx+');
  try {
    await file.write(header, 0, header.length, 0);
    return file;
  } catch (error) {
    await file.close();
    throw error;
  }
}

function unless(code: string) {
  return (error: unknown): undefined => {
    if (error instanceof Error && 'code' in error && error.code === code) return undefined;
    throw error;
  };
}
