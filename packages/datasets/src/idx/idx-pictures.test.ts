import { gzipSync } from 'node:zlib';
import { EigenganError } from '@eigengan/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ByteSource } from '../bytes/byte-source';
import { bytesInMemory } from '../bytes/bytes-in-memory';
import type { PictureSource } from '../pictures/picture-source';
import { damagedCopy, outcomeOf } from '../testing/damaged-copy';
import { type IdxPicturesOptions, idxPictures } from './idx-pictures';

/** An IDX file of uint8: two zeros, the type, the number of dimensions, each as a big-endian uint32. */
function idxBytes(dimensions: readonly number[], values: readonly number[]): Uint8Array {
  const sizes = dimensions.flatMap((size) => [
    size >>> 24,
    (size >> 16) & 255,
    (size >> 8) & 255,
    size & 255,
  ]);
  return Uint8Array.from([0, 0, 8, dimensions.length, ...sizes, ...values]);
}

const count = (length: number, first = 0) => Array.from({ length }, (_, i) => (first + i) % 256);
const two = idxBytes([2, 8, 9], count(144));
const file = (bytes: Uint8Array, name = 'a.idx') => bytesInMemory(name, bytes);
const open = (bytes: Uint8Array, options?: IdxPicturesOptions) => idxPictures(file(bytes), options);

async function dataOf(source: PictureSource, index: number): Promise<number[]> {
  const picture = await source.read(index);
  if (picture instanceof Uint8Array) throw new Error('the pictures are decoded');
  expect([picture.height, picture.width, picture.channels]).toEqual(source.shape);
  expect(picture.data).toHaveLength(picture.height * picture.width * picture.channels);
  return [...picture.data];
}

describe('idxPictures', () => {
  it('reads pictures and their labels, packed or not', async () => {
    const labels = idxBytes([2], [7, 3]);
    for (const bytes of [two, new Uint8Array(gzipSync(two))]) {
      for (const beside of [labels, new Uint8Array(gzipSync(labels))]) {
        const source = await open(bytes, { labels: file(beside) });
        expect(source).toMatchObject({ names: ['0', '1'], shape: [8, 9, 1], labels: [7, 3] });
        expect(await dataOf(source, 1)).toEqual(count(72, 72));
      }
    }
    expect((await open(idxBytes([2, 2, 2, 3], count(24)))).shape).toEqual([2, 2, 3]);
    await expect(open(two, { labels: file(idxBytes([3], [1, 2, 3]), 'b.idx') })).rejects.toThrow(
      'b.idx: must be as many as the 2 images, got 3',
    );
  });

  it('takes the bytes of one picture alone from a file that is not packed', async () => {
    const reads: number[][] = [];
    const watched: ByteSource = {
      ...file(two),
      read: async (offset, length) => {
        reads.push([offset, length]);
        return two.subarray(offset, offset + length);
      },
    };
    const source = await idxPictures(watched, { maxBytes: 72 });
    reads.length = 0;
    await source.read(1);
    expect(reads).toEqual([[16 + 72, 72]]);
    await expect(open(two, { maxBytes: 71 })).rejects.toThrow('a picture may take at most maxBytes = 71');
    await expect(
      open(gzipSync(idxBytes([2, 8, 9], new Array(144).fill(0))), { maxBytes: 159 }),
    ).rejects.toThrow('at most maxBytes = 159 bytes, got 160');
  });

  it('pads to the size that is to be made, where that is near or asked for', async () => {
    const padded = await open(two, { size: [10, 9] });
    expect(padded.shape).toEqual([10, 9, 1]);
    expect(await dataOf(padded, 0)).toEqual([...count(9, 0).fill(0), ...count(72), ...count(9).fill(0)]);
    expect((await open(two, { size: 64 })).shape).toEqual([8, 9, 1]);
    expect((await open(two, { size: 64, fit: 'pad' })).shape).toEqual([64, 64, 1]);
    expect((await open(two, { size: [10, 9], fit: 'cover' })).shape).toEqual([8, 9, 1]);
    await expect(open(two, { size: 8, fit: 'pad' })).rejects.toThrow("at least the images' 8 x 9");
  });

  it('refuses what is no such file, with its name, what it should be and what it is', async () => {
    await expect(open(two.subarray(0, 159))).rejects.toThrow(
      'a.idx: dimensions [2, 8, 9] need 160 bytes, got 159',
    );
    await expect(open(new Uint8Array(0))).rejects.toThrow('at least 4 bytes, got 0');
    await expect(open(idxBytes([2], [1, 2]))).rejects.toThrow('must have 3 or 4 dimensions, got 1');
    await expect(open(idxBytes([0xffffffff, 0xffffffff, 0xffffffff], []))).rejects.toThrow(EigenganError);
    await expect(open(two, JSON.parse('{"label": 1}'))).rejects.toThrow('Did you mean "labels"?');
  });

  it('answers damaged files with pictures of their shape, or an error of ours', async () => {
    const small = idxBytes([2, 3, 4], count(24));
    const damage = fc.record({
      from: fc.constantFrom(small, new Uint8Array(gzipSync(small)), idxBytes([3, 2, 2, 3], count(36))),
      changes: fc.array(fc.tuple(fc.nat(60), fc.oneof(fc.nat(4), fc.nat(255))), { maxLength: 4 }),
      cut: fc.oneof(fc.constant(0), fc.nat(60)),
      size: fc.constantFrom(undefined, 8),
    });
    let read = 0;
    await fc.assert(
      fc.asyncProperty(damage, async ({ from, changes, cut, size }) => {
        const bytes = damagedCopy(from, changes, cut);
        const outcome = await outcomeOf(async () => {
          const source = await open(bytes, { maxBytes: 100_000, size, labels: undefined });
          await dataOf(source, source.names.length - 1);
        });
        if (outcome === 'read') read++;
      }),
      { numRuns: 3000 },
    );
    expect(read).toBeGreaterThan(300);
  });
});
