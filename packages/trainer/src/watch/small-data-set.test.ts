import '@tensorflow/tfjs-backend-cpu';
import type { Loader } from '@eigengan/core';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, expect, test } from 'vitest';
import { tinyImages, tinyTrainer } from '../testing/tiny-gan';

beforeAll(() => tf.setBackend('cpu'));

/** Batches with these numbers of images, without end. */
function loaderOf(index: (batch: number) => readonly number[], batch?: number): Loader<tf.Tensor> {
  return {
    batch,
    state: () => ({}),
    restore: () => {},
    async *[Symbol.asyncIterator]() {
      for (let i = 0; ; i++) {
        const images = tinyImages(index(i).length);
        yield { images, index: Int32Array.from(index(i)) };
      }
    },
  };
}

const eventsOf = async (loader: Loader<tf.Tensor>) => {
  const { events } = await tinyTrainer({ penalties: [] }).fit(loader, { steps: 10 });
  return events.map(({ kind, step, message, numbers }) => ({ kind, step, message, numbers }));
};

test('images that are repeated to fill a batch are told of', async () => {
  expect(await eventsOf(loaderOf((i) => [i % 3, (i + 1) % 3, (i + 2) % 3, i % 3]))).toEqual([
    {
      kind: 'small-data-set',
      step: 10,
      message:
        'step 10: 10 batches showed 3 different images, fewer than a batch of 4 holds. ' +
        'Use a batch of at most 3, or more images',
      numbers: { images: 3, batch: 4 },
    },
  ]);
});

test('so are batches that are smaller than the loader says they should be', async () => {
  const [event] = await eventsOf(loaderOf(() => [0, 1, 2], 8));
  expect(event?.numbers).toEqual({ images: 3, batch: 8 });
});

test('a data set of one batch, a remainder, and an index that says nothing are not', async () => {
  expect(await eventsOf(loaderOf(() => [0, 1, 2, 3], 4))).toEqual([]);
  expect(await eventsOf(loaderOf((i) => (i % 2 === 0 ? [0, 1, 2, 3] : [4]), 4))).toEqual([]);
  expect(await eventsOf(loaderOf(() => [0, 0, 0, 0]))).toEqual([]);
});
