import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { ArgumentError, EigenganError, FormatError } from '@eigengan/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { idxFile } from '../node-formats';
import { idx } from './idx';

/** An IDX file of uint8. */
function idxBytes(dimensions: readonly number[], values: readonly number[], type = 8): Uint8Array {
  const header = Buffer.alloc(4 + 4 * dimensions.length);
  header.set([0, 0, type, dimensions.length]);
  dimensions.forEach((size, i) => {
    header.writeUInt32BE(size, 4 + 4 * i);
  });
  return new Uint8Array(Buffer.concat([header, Uint8Array.from(values)]));
}

const count = (length: number) => Array.from({ length }, (_, i) => i % 256);
const two = idxBytes([2, 3, 4], count(24));

describe('idx', () => {
  it('reads images of one channel, packed or not', async () => {
    for (const bytes of [two, new Uint8Array(gzipSync(two))]) {
      const source = await idx(bytes);
      expect(source).toMatchObject({ length: 2, shape: [3, 4, 1], fit: undefined, labels: undefined });
      expect(source.read(1)).toEqual(Uint8Array.from({ length: 12 }, (_, i) => 12 + i));
    }
  });

  it('reads a view that begins inside a larger buffer', async () => {
    const larger = new Uint8Array(two.length + 7);
    larger.set(two, 5);
    expect((await idx(larger.subarray(5, 5 + two.length))).read(0)[11]).toBe(11);
  });

  it('reads images of several channels', async () => {
    const source = await idx(idxBytes([2, 2, 2, 3], count(24)));
    expect(source.shape).toEqual([2, 2, 3]);
    expect(Array.from(source.read(1))).toEqual(count(24).slice(12));
  });

  it('reads the labels beside them', async () => {
    const labels = gzipSync(idxBytes([2], [7, 3]));
    expect((await idx(two, { labels })).labels).toEqual(Uint8Array.of(7, 3));
    await expect(idx(two, { labels: idxBytes([3], [1, 2, 3]) })).rejects.toThrow(
      'idx: labels: must be as many as the 2 images, got 3',
    );
  });

  it('pads 28 to 32 with black, in the middle', async () => {
    const source = await idx(
      idxBytes(
        [1, 28, 28],
        count(784).map((i) => 1 + (i % 255)),
      ),
      { size: 32 },
    );
    expect(source.shape).toEqual([32, 32, 1]);
    expect(source.fit).toBe('pad');
    const image = source.read(0);
    for (let y = 0; y < 32; y++) {
      for (let x = 0; x < 32; x++) {
        const inside = y >= 2 && y < 30 && x >= 2 && x < 30;
        expect(image[y * 32 + x]).toBe(inside ? 1 + ((((y - 2) * 28 + (x - 2)) % 256) % 255) : 0);
      }
    }
  });

  it('resamples to other sizes: a plane stays one, its mean stays, stripes do not alias', async () => {
    const plane = await idx(
      idxBytes(
        [1, 28, 28],
        count(784).map(() => 77),
      ),
      { size: [64, 16] },
    );
    expect(plane.fit).toBe('cover');
    expect(plane.read(0)).toEqual(new Uint8Array(64 * 16).fill(77));
    const ramp = await idx(
      idxBytes(
        [1, 28, 28],
        count(784).map((_, i) => 9 * (i % 28)),
      ),
      { size: 56 },
    );
    const row = Array.from(ramp.read(0).subarray(0, 56));
    // Linear between pixels: pixel x of 56 lies at (x + 0.5) / 2 - 0.5 of 28.
    for (let x = 2; x < 54; x++)
      expect(Math.abs(row[x]! - 9 * ((x + 0.5) / 2 - 0.5))).toBeLessThanOrEqual(0.5);
    const stripes = await idx(
      idxBytes(
        [1, 64, 64],
        count(4096).map((_, i) => 255 * (i % 2)),
      ),
      { size: 16 },
    );
    for (const value of stripes.read(0)) expect(Math.abs(value - 127.5)).toBeLessThan(20);
  });

  it('takes the fit that is asked for', async () => {
    const bytes = idxBytes([1, 28, 28], count(784));
    expect((await idx(bytes, { size: 64, fit: 'pad' })).fit).toBe('pad');
    expect((await idx(bytes, { size: 32, fit: 'stretch' })).fit).toBe('stretch');
    expect((await idx(bytes, { size: 28 })).fit).toBeUndefined();
    await expect(idx(bytes, { size: 16, fit: 'pad' })).rejects.toThrow("at least the images' 28 x 28");
  });

  it('refuses what is no such file, with what it should be and what it is', async () => {
    await expect(idx(two.subarray(0, 30))).rejects.toThrow('idx: dimensions [2, 3, 4] need 40 bytes, got 30');
    await expect(idx(new Uint8Array([...two, 0]))).rejects.toThrow('need 40 bytes, got 41');
    await expect(idx(idxBytes([2, 3, 4], count(24), 13))).rejects.toThrow('uint8 (type 8), got "float32"');
    await expect(idx(idxBytes([24], count(24)))).rejects.toThrow('must have 3 or 4 dimensions, got 1');
    await expect(idx(idxBytes([2, 2, 3, 2], count(24)))).rejects.toThrow('1, 3 or 4 channels');
    await expect(idx(idxBytes([0, 3, 4], []))).rejects.toThrow('no dimension may be 0');
    const zeros = idxBytes([2, 40, 100], new Array(8000).fill(0));
    await expect(idx(new TextEncoder().encode('PNG or so'))).rejects.toThrow('begins with 0, 0');
    await expect(idx(new Uint8Array(0))).rejects.toThrow('at least 4 bytes, got 0');
    await expect(idx(gzipSync(two), { maxBytes: 39 })).rejects.toThrow(
      'may have at most maxBytes = 39 bytes',
    );
    await expect(idx(gzipSync(zeros), { maxBytes: 8000 })).rejects.toThrow(
      'at most maxBytes = 8000 bytes, got 8016',
    );
    await expect(idx(two, { size: 3 })).rejects.toThrow(ArgumentError);
    const huge = idxBytes([0xffffffff, 0xffffffff, 0xffffffff, 3], []);
    await expect(idx(huge)).rejects.toThrow(FormatError);
  });

  it('unpacks no further than the header says', async () => {
    const bomb = new Uint8Array(gzipSync(idxBytes([2, 3, 4], new Array(5_000_000).fill(0))));
    await expect(idx(bomb)).rejects.toThrow('must unpack to 40 bytes');
  });

  it('answers damaged bytes with an error of ours, never otherwise', async () => {
    const packed = new Uint8Array(gzipSync(two));
    const damage = fc.record({
      from: fc.constantFrom(two, packed),
      changes: fc.array(fc.tuple(fc.nat(60), fc.nat(255)), { minLength: 0, maxLength: 4 }),
      length: fc.nat(60),
    });
    await fc.assert(
      fc.asyncProperty(damage, async ({ from, changes, length }) => {
        const bytes = from.slice(0, length);
        for (const [at, value] of changes) if (at < bytes.length) bytes[at] = value;
        try {
          const source = await idx(bytes, { maxBytes: 100_000 });
          expect(source.read(0)).toHaveLength(source.shape[0] * source.shape[1] * source.shape[2]);
        } catch (error) {
          if (!EigenganError.is(error)) throw error;
        }
      }),
      { numRuns: 400 },
    );
  });
});

describe('idxFile', () => {
  it('reads files and names the one that is wrong', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'idx-'));
    try {
      const images = join(folder, 'images.gz');
      const labels = join(folder, 'labels.gz');
      await writeFile(images, gzipSync(two));
      await writeFile(labels, gzipSync(idxBytes([2], [1, 0])));
      expect((await idxFile(images, { labels })).labels).toEqual([1, 0]);
      await expect(idxFile(labels)).rejects.toThrow(`${labels}: must have 3 or 4 dimensions`);
      await expect(idxFile(join(folder, 'absent'))).rejects.toThrow(join(folder, 'absent'));
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
