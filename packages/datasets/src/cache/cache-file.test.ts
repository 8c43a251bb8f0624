import { mkdir, open, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { temporaryFolder } from '../testing/temporary-folder';
import { openCacheFile } from './cache-file';
import { defaultCacheFolder } from './cache-folder';
import { removeUnused } from './remove-unused';

const temporary = temporaryFolder();

const contents = { fingerprint: 'some pictures', length: 10, imageBytes: 300 };
const original = { height: 70000, width: 3, channels: 4 };
const picture = (value: number, length = contents.imageBytes) => ({
  image: new Uint8Array(length).fill(value),
  original,
});

describe('openCacheFile', () => {
  it('gives back images and reasons, in this and in another opening, and nothing else', async () => {
    const cache = await openCacheFile(temporary.path, contents);
    await cache.write(3, picture(3));
    await cache.write(9, { reason: 'it is no picture: ∞' });
    for (const opened of [cache, await openCacheFile(temporary.path, contents)]) {
      expect(await opened.read(3)).toEqual(picture(3));
      expect(await opened.read(9)).toEqual({ reason: 'it is no picture: ∞' });
      for (const index of [0, 2, 4, 8]) expect(await opened.read(index)).toBeUndefined();
      await opened.close();
      expect(await opened.read(3)).toEqual(picture(3));
      await opened.close();
      expect(opened.problem).toBeUndefined();
    }
  });

  it('cuts a reason that is longer than its place, between characters', async () => {
    const cache = await openCacheFile(temporary.path, { ...contents, imageBytes: 1 });
    await cache.write(1, { reason: '∞'.repeat(1000) });
    await cache.write(2, picture(2, 1));
    expect(await cache.read(1)).toEqual({ reason: '∞'.repeat(85) });
    expect(await cache.read(2)).toEqual(picture(2, 1));
    await cache.close();
  });

  it('keeps other contents in other files', async () => {
    const cache = await openCacheFile(temporary.path, contents);
    await cache.write(3, picture(3));
    const other = await openCacheFile(temporary.path, { ...contents, fingerprint: 'other pictures' });
    expect(await other.read(3)).toBeUndefined();
    expect(await readdir(temporary.path)).toHaveLength(2);
    await Promise.all([cache.close(), other.close()]);
  });

  it('takes no place for what is not yet written', async () => {
    const cache = await openCacheFile(temporary.path, {
      fingerprint: 'many',
      length: 1e6,
      imageBytes: 49152,
    });
    await cache.write(999_999, picture(9, 49152));
    await cache.close();
    const { size, blocks } = await stat(cache.file);
    expect(size).toBeGreaterThan(49e9);
    expect(512 * blocks).toBeLessThan(1e6);
  });

  it('makes a foreign, cut or empty file anew', async () => {
    const { file, close } = await filled();
    await close();
    const foreign = [
      Buffer.alloc(0),
      Buffer.from('text'),
      Buffer.alloc(1e5, 7),
      (await readFile(file)).subarray(1),
    ];
    for (const bytes of foreign) {
      await writeFile(file, bytes);
      const cache = await openCacheFile(temporary.path, contents);
      for (let i = 0; i < contents.length; i++) expect(await cache.read(i)).toBeUndefined();
      await cache.write(1, picture(1));
      expect(await cache.read(1)).toEqual(picture(1));
      expect(cache.problem).toBeUndefined();
      await cache.close();
    }
  });

  it('never gives wrong bytes, whatever was changed, cut or written half in its file', async () => {
    const { file, close } = await filled();
    await close();
    const whole = await readFile(file);
    const changes = fc.array(
      fc.record({
        at: fc.nat(whole.length - 1),
        bytes: fc.uint8Array({ minLength: 1, maxLength: 400 }),
      }),
      { maxLength: 3 },
    );
    let kept = 0;
    await fc.assert(
      fc.asyncProperty(changes, fc.option(fc.nat(whole.length)), async (changed, cut) => {
        const damaged = Buffer.from(whole);
        for (const { at, bytes } of changed) damaged.set(bytes.subarray(0, damaged.length - at), at);
        await writeFile(file, cut === null ? damaged : damaged.subarray(0, cut));
        const cache = await openCacheFile(temporary.path, contents);
        for (let i = 0; i < contents.length; i++) {
          const found = await cache.read(i);
          if (found === undefined) continue;
          kept++;
          // Faster than toEqual, of which there would be thousands.
          expect('image' in found && Buffer.compare(found.image, picture(i).image)).toBe(0);
        }
        await cache.close();
      }),
      { numRuns: 25 },
    );
    expect(kept).toBeGreaterThan(20);
  });

  it('is shared by two that write at once', async () => {
    const both = await Promise.all([
      openCacheFile(temporary.path, contents),
      openCacheFile(temporary.path, contents),
    ]);
    await Promise.all(
      both.flatMap((cache) => Array.from({ length: 10 }, (_, i) => cache.write(i, picture(i)))),
    );
    expect(await readdir(temporary.path)).toHaveLength(1);
    for (const cache of both) {
      for (let i = 0; i < 10; i++) expect(await cache.read(i)).toEqual(picture(i));
      await cache.close();
    }
  });

  it('keeps no more on a full disk, says so, and gives what it has', async () => {
    const cache = await openCacheFile(temporary.path, contents);
    await cache.write(1, picture(1));
    const handle = await open(cache.file);
    const full = vi
      .spyOn(Object.getPrototypeOf(handle), 'write')
      .mockRejectedValue(new Error('ENOSPC: no space left on device, write'));
    try {
      await cache.write(2, picture(2));
      await cache.write(3, picture(3));
      expect(full).toHaveBeenCalledTimes(1);
    } finally {
      full.mockRestore();
      await handle.close();
    }
    expect(cache.problem).toBe(`${cache.file}: ENOSPC: no space left on device, write`);
    expect(await cache.read(1)).toEqual(picture(1));
    expect(await cache.read(2)).toBeUndefined();
    await cache.close();
  });

  it('goes on without a file that it cannot write to, and says so', async () => {
    const cache = await openCacheFile(temporary.path, contents);
    await cache.close();
    await rm(cache.file);
    await mkdir(cache.file);
    expect(await cache.read(1)).toBeUndefined();
    await cache.write(1, picture(1));
    expect(cache.problem).toContain(`${cache.file}: EISDIR`);
    await cache.close();
    await writeFile(temporary.at('file'), '');
    await expect(openCacheFile(temporary.at('file'), contents)).rejects.toThrow('EEXIST');
  });

  async function filled() {
    const cache = await openCacheFile(temporary.path, contents);
    for (let i = 0; i < contents.length; i++) await cache.write(i, picture(i));
    return { file: cache.file, close: () => cache.close() };
  }
});

it('names the cache folder of each system', () => {
  const home = '/home/me';
  expect(defaultCacheFolder('linux', {}, home)).toBe('/home/me/.cache/eigengan');
  expect(defaultCacheFolder('linux', { XDG_CACHE_HOME: '/c' }, home)).toBe('/c/eigengan');
  expect(defaultCacheFolder('linux', { XDG_CACHE_HOME: '' }, home)).toBe('/home/me/.cache/eigengan');
  expect(defaultCacheFolder('darwin', {}, home)).toBe('/home/me/Library/Caches/eigengan');
  expect(defaultCacheFolder('win32', { LOCALAPPDATA: '/local' }, home)).toBe('/local/eigengan/Cache');
});

it('removes caches that nobody opened for thirty days, and nothing else', async () => {
  const cache = await openCacheFile(temporary.path, contents);
  const old = await openCacheFile(temporary.path, { ...contents, length: 3 });
  await Promise.all([cache.close(), old.close()]);
  await writeFile(temporary.at('notes.txt'), 'not ours');
  const then = (Date.now() - 31 * 24 * 3600 * 1000) / 1000;
  for (const path of [old.file, temporary.at('notes.txt')]) await utimes(path, then, then);
  await removeUnused(temporary.path);
  const left = [cache.file, temporary.at('notes.txt')].map((path) => path.slice(dirname(path).length + 1));
  expect((await readdir(temporary.path)).sort()).toEqual(left.sort());
});
