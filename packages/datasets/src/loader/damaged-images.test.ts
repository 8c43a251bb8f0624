import '@tensorflow/tfjs-backend-cpu';
import { FormatError, type ImageSource } from '@eigengan/core';
import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { type ImageLoader, loader } from './loader';

beforeAll(async () => {
  await tf.setBackend('cpu');
});

/** Images of one pixel, its number, of which some are damaged; answers after a while that differs. */
function partly(length: number, damaged: readonly number[]): ImageSource & { readonly reads: number[] } {
  const reads: number[] = [];
  return {
    length,
    shape: [1, 1, 1],
    reads,
    read: async (index) => {
      reads.push(index);
      for (let i = 0; i < (index * 7) % 5; i++) await Promise.resolve();
      if (damaged.includes(index)) throw new FormatError(`${index}.png: must be whole, got half of it`);
      return Uint8Array.of(index);
    },
  };
}

/** The images of the next batches, after a check that pixels and index agree. */
async function indexes(batches: ImageLoader, count: number): Promise<number[][]> {
  const all: number[][] = [];
  if (count === 0) return all;
  for await (const { images, index } of batches) {
    expect(Array.from(await images.data(), (value) => Math.round((value + 1) * 127.5))).toEqual([...index]);
    images.dispose();
    all.push([...index]);
    if (all.length === count) break;
  }
  return all;
}

describe('a loader of a source with damaged images', () => {
  it('takes the next whole one by number, the first after the last', async () => {
    const found: [number, string][] = [];
    const batches = loader(partly(8, [1, 2, 6, 7]), {
      batch: 4,
      shuffle: false,
      onDamaged: (index, { message }) => found.push([index, message]),
    });
    expect(await indexes(batches, 4)).toEqual([
      [0, 3, 3, 3],
      [4, 5, 0, 0],
      [0, 3, 3, 3],
      [4, 5, 0, 0],
    ]);
    expect(found.sort()).toEqual([1, 2, 6, 7].map((i) => [i, `${i}.png: must be whole, got half of it`]));
  });

  it('reads a damaged one no more once it is found', async () => {
    const source = partly(6, [2]);
    await indexes(loader(source, { batch: 3, prefetch: 0 }), 10);
    expect(source.reads.filter((index) => index === 2)).toHaveLength(1);
  });

  it('takes the same in every run, whatever is read ahead, in shards, and when it goes on from a state', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.record({
          seed: fc.integer({ min: 0, max: 1000 }),
          damaged: fc.uniqueArray(fc.nat(11), { maxLength: 10 }),
          prefetch: fc.nat(4),
          cut: fc.nat(8),
          shuffle: fc.boolean(),
        }),
        async ({ seed, damaged, prefetch, cut, shuffle }) => {
          const options = { batch: 4, seed, shuffle };
          const whole = await indexes(loader(partly(12, damaged), { ...options, prefetch: 0 }), 10);
          for (const index of whole.flat()) expect(damaged).not.toContain(index);
          const resumed = loader(partly(12, damaged), { ...options, prefetch });
          const before = loader(partly(12, damaged), { ...options, prefetch });
          const start = await indexes(before, cut);
          resumed.restore(before.state());
          expect([...start, ...(await indexes(resumed, 10 - cut))]).toEqual(whole);
          const parts = await Promise.all(
            [0, 1].map((rank) =>
              indexes(loader(partly(12, damaged), { ...options, prefetch, shard: { rank, size: 2 } }), 10),
            ),
          );
          expect(whole.map((_, b) => parts.flatMap((part) => part[b] ?? []))).toEqual(whole);
        },
      ),
      { numRuns: 40 },
    );
  });

  it('refuses a source of which nothing is whole, and says why', async () => {
    const batches = loader(partly(5, [0, 1, 2, 3, 4]), { batch: 2, shuffle: false });
    await expect(indexes(batches, 1)).rejects.toThrow(
      'loader: at least one of the 5 images must be whole, got none, as 0.png: must be whole, got half of it',
    );
  });

  it('refuses the first damaged one, if asked, and keeps its position', async () => {
    const batches = loader(partly(6, [3]), { batch: 2, shuffle: false, damaged: 'throw' });
    await expect(indexes(batches, 9)).rejects.toThrow(/^3\.png: must be whole, got half of it$/);
    expect(batches.state()).toMatchObject({ epoch: 0, batches: 1 });
  });

  it('passes on what is no damage', async () => {
    const source: ImageSource = { ...partly(6, []), read: () => Promise.reject(new Error('no network')) };
    await expect(indexes(loader(source, { batch: 2 }), 1)).rejects.toThrow(/^no network$/);
    expect(() => loader(source, { batch: 2, damaged: JSON.parse('"ignore"') })).toThrow('loader: damaged');
    expect(() => loader(source, JSON.parse('{ "batch": 2, "shufle": true }'))).toThrow(
      'Did you mean "shuffle"?',
    );
  });
});
