import '@tensorflow/tfjs-backend-cpu';
import { ArgumentError, type Batch, type ImageSource } from '@eigengan/core';
import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { arraySource } from '../array-source';
import { loader } from './loader';

beforeAll(async () => {
  await tf.setBackend('cpu');
});

/** Images 1 x 2 of one channel: [number of the image, 255]. */
const numbered = (length: number) =>
  arraySource(
    Uint8Array.from({ length: 2 * length }, (_, i) => (i % 2 === 0 ? i / 2 : 255)),
    [length, 1, 2, 1],
  );

/** The same, answering late and out of order. */
function slow(length: number): ImageSource {
  const source = numbered(length);
  return {
    ...source,
    read: async (index) => {
      for (let i = 0; i < (index * 7) % 5; i++) await Promise.resolve();
      return source.read(index);
    },
  };
}

/** What a batch holds, as plain data; disposes of it. */
function taken({ images, index }: Batch<tf.Tensor4D>) {
  const values = Array.from(images.dataSync());
  images.dispose();
  return { index: Array.from(index), values };
}

async function take(batches: AsyncIterable<Batch<tf.Tensor4D>>, count: number) {
  const all: ReturnType<typeof taken>[] = [];
  if (count === 0) return all;
  for await (const batch of batches) {
    all.push(taken(batch));
    if (all.length === count) break;
  }
  return all;
}

describe('loader', () => {
  it('gives float32 batches in [-1, 1] with the index of each image', async () => {
    for await (const { images, index } of loader(numbered(4), { batch: 4, shuffle: false })) {
      expect(images.shape).toEqual([4, 1, 2, 1]);
      expect(images.dtype).toBe('float32');
      expect(index).toEqual(Int32Array.of(0, 1, 2, 3));
      const values = images.dataSync();
      expect(values[1]).toBe(1);
      expect(values[0]).toBe(-1);
      expect(values[4]).toBeCloseTo(2 / 127.5 - 1, 6);
      images.dispose();
      break;
    }
  });

  it('shows each image once an epoch, in another order each epoch', async () => {
    const batches = await take(loader(slow(12), { batch: 4, seed: 3 }), 6);
    const first = batches.slice(0, 3).flatMap(({ index }) => index);
    const second = batches.slice(3).flatMap(({ index }) => index);
    const sorted = (order: number[]) => [...order].sort((a, b) => a - b);
    expect(sorted(first)).toEqual(Array.from({ length: 12 }, (_, i) => i));
    expect(sorted(second)).toEqual(sorted(first));
    expect(second).not.toEqual(first);
    expect(first).not.toEqual(sorted(first));
  });

  it('leaves a remainder out, another one each epoch', async () => {
    const images = loader(numbered(10), { batch: 4 });
    expect([images.batch, images.batchesPerEpoch]).toEqual([4, 2]);
    const seen = new Set((await take(images, 20)).flatMap(({ index }) => index));
    expect(seen.size).toBe(10);
  });

  it('pairs each image with its own index, whatever the order of the answers', async () => {
    for (const { index, values } of await take(loader(slow(30), { batch: 7, seed: 1 }), 9)) {
      index.forEach((image, i) => {
        expect(Math.round((values[2 * i]! + 1) * 127.5)).toBe(image);
      });
    }
  });

  it('keeps the order of the source without shuffle', async () => {
    const batches = await take(loader(numbered(5), { batch: 2, shuffle: false }), 4);
    expect(batches.map(({ index }) => index)).toEqual([
      [0, 1],
      [2, 3],
      [0, 1],
      [2, 3],
    ]);
  });

  it('mirrors about half of the images and moves none of them', async () => {
    const plain = await take(loader(numbered(100), { batch: 10, seed: 5 }), 20);
    const flipped = await take(loader(numbered(100), { batch: 10, seed: 5, flip: true }), 20);
    expect(flipped.map(({ index }) => index)).toEqual(plain.map(({ index }) => index));
    let mirrored = 0;
    flipped.forEach(({ values }, b) => {
      for (let i = 0; i < 10; i++) {
        const pair = values.slice(2 * i, 2 * i + 2);
        const original = plain[b]!.values.slice(2 * i, 2 * i + 2);
        if (pair[0] === original[0] && pair[1] === original[1]) continue;
        expect(pair).toEqual([...original].reverse());
        mirrored++;
      }
    });
    expect(mirrored).toBeGreaterThan(70);
    expect(mirrored).toBeLessThan(130);
  });

  it('mirrors columns, not channels', async () => {
    const bytes = Uint8Array.of(0, 1, 2, 10, 11, 12, 20, 21, 22, 30, 31, 32, 40, 41, 42, 50, 51, 52);
    const source = arraySource(bytes, [1, 2, 3, 3]);
    const rows = new Set<string>();
    for (const { values } of await take(loader(source, { batch: 1, flip: true }), 20)) {
      rows.add(values.map((value) => Math.round((value + 1) * 127.5)).join(' '));
    }
    expect([...rows].sort()).toEqual([
      '0 1 2 10 11 12 20 21 22 30 31 32 40 41 42 50 51 52',
      '20 21 22 10 11 12 0 1 2 50 51 52 40 41 42 30 31 32',
    ]);
  });

  it('goes on exactly from a state, wherever it was cut', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.record({
          length: fc.integer({ min: 3, max: 20 }),
          batch: fc.integer({ min: 1, max: 3 }),
          seed: fc.integer({ min: 0, max: 1000 }),
          shuffle: fc.boolean(),
          flip: fc.boolean(),
          prefetch: fc.integer({ min: 0, max: 4 }),
          cut: fc.integer({ min: 0, max: 25 }),
          otherPrefetch: fc.integer({ min: 0, max: 4 }),
        }),
        async ({ length, cut, otherPrefetch, ...options }) => {
          const whole = await take(loader(numbered(length), options), cut + 8);
          const before = loader(slow(length), options);
          const start = await take(before, cut);
          const state = JSON.parse(JSON.stringify(before.state()));
          const after = loader(slow(length), { ...options, prefetch: otherPrefetch });
          after.restore(state);
          expect(after.state()).toEqual(state);
          expect([...start, ...(await take(after, 8))]).toEqual(whole);
          expect([...start, ...(await take(before, 8))]).toEqual(whole);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('reads a part of each batch alone as a shard: the parts are the whole, the state is the same', async () => {
    const options = { batch: 6, seed: 4, flip: true, prefetch: 0 };
    const whole = loader(numbered(20), options);
    const reads: number[] = [];
    const source: ImageSource = {
      ...numbered(20),
      read: (index) => {
        reads.push(index);
        return numbered(20).read(index);
      },
    };
    const shards = [0, 1, 2].map((rank) => loader(source, { ...options, shard: { rank, size: 3 } }));
    const [batches, ...parts] = await Promise.all([whole, ...shards].map((each) => take(each, 5)));
    const joined = batches!.map((_, b) => ({
      index: parts.flatMap((part) => part[b]!.index),
      values: parts.flatMap((part) => part[b]!.values),
    }));
    expect(joined).toEqual(batches);
    expect(shards.map(({ batch }) => batch)).toEqual([2, 2, 2]);
    expect(reads.sort()).toEqual(batches!.flatMap(({ index }) => index).sort());
    for (const shard of shards) {
      expect(shard.state()).toEqual(whole.state());
      shard.restore(whole.state());
    }
    expect(() => loader(source, { batch: 4, shard: { rank: 0, size: 3 } })).toThrow(
      'loader: batch: must be a multiple of the 3 shards, got 4',
    );
    expect(() => loader(source, { batch: 6, shard: { rank: 3, size: 3 } })).toThrow('loader: shard.rank');
  });

  it('reports the state of the batch handed out, not of those read ahead', async () => {
    let reads = 0;
    const source = numbered(12);
    const images = loader(
      {
        ...source,
        read: (index) => {
          reads++;
          return source.read(index);
        },
      },
      { batch: 2, prefetch: 3 },
    );
    await take(images, 1);
    expect(reads).toBe(8);
    expect(images.state()).toMatchObject({ epoch: 0, batches: 1 });
  });

  it('ends after the stated epochs, and a finished one stays finished', async () => {
    const images = loader(numbered(6), { batch: 2, epochs: 2 });
    expect(await take(images, 100)).toHaveLength(6);
    expect(await take(images, 100)).toHaveLength(0);
    const other = loader(numbered(6), { batch: 2, epochs: 2 });
    other.restore(images.state());
    expect(await take(other, 100)).toHaveLength(0);
  });

  it('holds no tensor of its own, also after a break, a throw and a failing read', async () => {
    const before = tf.memory().numTensors;
    const images = loader(slow(12), { batch: 3, prefetch: 4 });
    await take(images, 5);
    await expect(
      (async () => {
        for await (const batch of images) {
          taken(batch);
          throw new Error('thrown in the loop');
        }
      })(),
    ).rejects.toThrow('thrown in the loop');
    const failing: ImageSource = { ...numbered(12), read: () => Promise.reject(new Error('unreadable')) };
    await expect(take(loader(failing, { batch: 3 }), 1)).rejects.toThrow('unreadable');
    expect(tf.memory().numTensors).toBe(before);
  });

  it('keeps its position when a read fails', async () => {
    const source = numbered(12);
    let broken = false;
    const images = loader(
      {
        ...source,
        read: (index) => {
          if (broken) throw new Error('unreadable');
          return source.read(index);
        },
      },
      { batch: 3, prefetch: 0 },
    );
    await take(images, 2);
    const state = images.state();
    broken = true;
    await expect(take(images, 1)).rejects.toThrow('unreadable');
    expect(images.state()).toEqual(state);
  });

  it('gives the position to the newest loop and refuses the older one', async () => {
    const images = loader(numbered(12), { batch: 3 });
    const older = images[Symbol.asyncIterator]();
    taken((await older.next()).value);
    const newer = images[Symbol.asyncIterator]();
    taken((await newer.next()).value);
    expect(images.state()).toMatchObject({ batches: 2 });
    await expect(older.next()).rejects.toThrow('one loop at a time');
    await newer.return?.();
  });

  it('refuses a source that cannot fill a batch, with the numbers', () => {
    expect(() => loader(numbered(3), { batch: 4 })).toThrow(
      'loader: the source must hold at least one batch of 4 images, got 3. Use a batch of at most 3',
    );
    expect(() => loader(arraySource(new Uint8Array(0), [0, 8, 8, 3]), { batch: 4 })).toThrow(
      'must hold at least one batch of 4 images, got 0. The source is empty',
    );
  });

  it('refuses bad options, states of other loaders and sources that give the wrong size', async () => {
    const source = numbered(12);
    expect(() => loader(source, { batch: 0 })).toThrow(ArgumentError);
    expect(() => loader(source, { batch: 2.5 })).toThrow('loader: batch');
    expect(() => loader(source, { batch: 2, prefetch: -1 })).toThrow('loader: prefetch');
    expect(() => loader(source, { batch: 2, epochs: 0 })).toThrow('loader: epochs');
    expect(() => loader(source, { batch: 2, seed: -1 })).toThrow('loader: seed');
    const noSource = JSON.parse('[1, 2]');
    expect(() => loader(noSource, { batch: 2 })).toThrow(
      'loader: source: must be { length, shape, read(index) }',
    );
    expect(() => loader({ ...source, length: 2 ** 31 + 1 }, { batch: 2 })).toThrow('at most 2147483648');
    const state = loader(source, { batch: 3 }).state();
    expect(() => loader(source, { batch: 2 }).restore(state)).toThrow(
      'loader.restore: batch: must be 2, as in this loader, got 3',
    );
    expect(() => loader(source, { batch: 3, seed: 1 }).restore(state)).toThrow('loader.restore: seed');
    expect(() => loader(source, { batch: 3 }).restore({})).toThrow('loader.restore: length');
    expect(() => loader(source, { batch: 3 }).restore({ ...state, batches: 5 })).toThrow('at most 4');
    const short: ImageSource = { ...source, read: () => new Uint8Array(1) };
    await expect(take(loader(short, { batch: 1, shuffle: false }), 1)).rejects.toThrow(
      'loader: source.read(0): must give 2 bytes for the shape [1, 2, 1], got 1',
    );
    const floats: ImageSource = { ...source, read: () => JSON.parse('[0.5, 1]') };
    await expect(take(loader(floats, { batch: 1, shuffle: false }), 1)).rejects.toThrow(
      'loader: source.read(0): must give a Uint8Array, got [0.5, 1]',
    );
  });
});
