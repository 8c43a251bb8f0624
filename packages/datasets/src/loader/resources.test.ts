import '@tensorflow/tfjs-backend-cpu';
import { mkdtemp, readdir, readlink, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ImageSource } from '@eigengan/core';
import * as tf from '@tensorflow/tfjs-core';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { imageFolder } from '../folder/image-folder';
import { loader } from './loader';

let folder = '';
beforeAll(async () => {
  await tf.setBackend('cpu');
  folder = await mkdtemp(join(tmpdir(), 'resources-'));
  const png = await sharp({ create: { width: 20, height: 20, channels: 3, background: 'teal' } })
    .png()
    .toBuffer();
  for (let i = 0; i < 12; i++) await writeFile(join(folder, `${i}.png`), png);
});
afterAll(() => rm(folder, { recursive: true }));

/** Counts what it gives and how often it is closed. */
function counted(length: number) {
  const counts = { read: 0, closed: 0, closedWhileReading: 0 };
  let underWay = 0;
  const source: ImageSource = {
    length,
    shape: [1, 1, 1],
    read: async (index) => {
      counts.read++;
      underWay++;
      for (let i = 0; i < (index * 7) % 5; i++) await Promise.resolve();
      underWay--;
      return Uint8Array.of(index % 256);
    },
    close: async () => {
      counts.closed++;
      if (underWay > 0) counts.closedWhileReading++;
    },
  };
  return { source, counts };
}

describe('what a loader holds', () => {
  it('is never more than the batches read ahead and the one in hand', async () => {
    for (const prefetch of [0, 1, 2, 5]) {
      const { source, counts } = counted(100);
      let taken = 0;
      let most = 0;
      for await (const { images } of loader(source, { batch: 10, prefetch, epochs: 3 })) {
        taken++;
        // Time enough to read further, if it would.
        await new Promise((resolve) => setImmediate(resolve));
        most = Math.max(most, counts.read / 10 - (taken - 1));
        images.dispose();
      }
      expect(taken).toBe(30);
      expect(most).toBe(prefetch + 1);
    }
  });

  it('reads on while a batch is in hand', async () => {
    const { source, counts } = counted(100);
    for await (const { images } of loader(source, { batch: 10, prefetch: 2 })) {
      images.dispose();
      await new Promise((resolve) => setImmediate(resolve));
      expect(counts.read).toBe(30);
      break;
    }
  });

  it('is four bytes an image for the order of 100,000, none of which is read before it is due', async () => {
    const { source, counts } = counted(100_000);
    const before = process.memoryUsage().arrayBuffers;
    const seen = new Set<number>();
    for await (const { images, index } of loader(source, { batch: 50, seed: 1 })) {
      for (const image of index) seen.add(image);
      images.dispose();
      if (seen.size === 500) break;
    }
    expect(counts.read).toBe(600);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(1e6);
    expect(Math.max(...seen)).toBeGreaterThan(90_000);
  });
});

describe('at the end of a loop a loader closes its source', () => {
  const run = async (source: ImageSource, after: number, end: () => 'break' | undefined) => {
    let taken = 0;
    for await (const { images } of loader(source, { batch: 10, prefetch: 3, epochs: 1 })) {
      images.dispose();
      if (++taken === after && end() === 'break') break;
    }
  };

  it('also after a break or a throw, when nothing is being read any more', async () => {
    const { source, counts } = counted(100);
    await run(source, 2, () => 'break');
    expect(counts.closed).toBe(1);
    const thrown = run(source, 2, () => {
      throw new Error('thrown in the loop');
    });
    await expect(thrown).rejects.toThrow('thrown in the loop');
    expect(counts.closed).toBe(2);
    await run(source, 99, () => 'break');
    expect(counts).toMatchObject({ closed: 3, closedWhileReading: 0 });
  });

  it('but not under a newer loop', async () => {
    const { source, counts } = counted(100);
    const batches = loader(source, { batch: 10 });
    const older = batches[Symbol.asyncIterator]();
    tf.dispose((await older.next()).value.images);
    const newer = batches[Symbol.asyncIterator]();
    tf.dispose((await newer.next()).value.images);
    await expect(older.next()).rejects.toThrow('one loop at a time');
    expect(counts.closed).toBe(0);
    await newer.return?.();
    expect(counts.closed).toBe(1);
  });

  it.skipIf(process.platform !== 'linux')('so that a folder holds no file open, nor its cache', async () => {
    const cache = join(folder, 'cache');
    const open = async () => {
      const links = await Promise.all(
        (await readdir('/proc/self/fd')).map((fd) => readlink(`/proc/self/fd/${fd}`).catch(() => '')),
      );
      return links.filter((path) => path.startsWith(folder));
    };
    const photos = await imageFolder(folder, { size: 8, cache, memory: 0 });
    for (let loop = 0; loop < 2; loop++) {
      for await (const { images } of loader(photos, { batch: 3 })) {
        images.dispose();
        expect(await open()).toContain(photos.cache.file);
        break;
      }
      expect(await open()).toEqual([]);
    }
    expect(photos.damaged).toEqual([]);
  });
});
