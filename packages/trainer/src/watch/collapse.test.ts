import '@tensorflow/tfjs-backend-cpu';
import { seededStream } from '@eigengan/core';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, expect, test } from 'vitest';
import { adam, collapse } from '../index';
import { tinyImages, tinyLatents, tinyLoader, tinyTrainer } from '../testing/tiny-gan';

beforeAll(() => tf.setBackend('cpu'));

const watch = [collapse({ every: 50, samples: 16 })];

function trainerAt(generator: number, discriminator: number) {
  return tinyTrainer({
    penalties: [],
    optimizers: {
      generator: adam({ learningRate: generator }),
      discriminator: adam({ learningRate: discriminator }),
    },
  });
}

test('a generator that found the one image that a still discriminator likes best has collapsed', async () => {
  const { events } = await trainerAt(5e-2, 0).fit(tinyLoader(), { steps: 200, watch });
  expect(events.map(({ kind }) => kind)).toEqual(['collapse']);
  expect(events[0]?.numbers.ratio).toBeLessThan(0.2);
});

test('one that is trained with an equal has not', async () => {
  const { events } = await trainerAt(2e-3, 2e-3).fit(tinyLoader(), { steps: 150, watch });
  expect(events).toEqual([]);
});

test('the numbers are those of pairwise distances, of the sample and of the first images', async () => {
  const trainer = trainerAt(2e-3, 2e-3);
  const watch = [collapse({ every: 3, samples: 8, below: 100 })];
  const { events } = await trainer.fit(tinyLoader(), { steps: 3, watch });
  const latents = tinyLatents(8, seededStream(7, 'watch'));
  const sample = trainer.generator.predict(latents);
  if (Array.isArray(sample)) throw new Error('one output');
  const { diversity, data_diversity, ratio } = events[0]?.numbers ?? {};
  expect(diversity).toBeCloseTo(await halfMeanDistance([sample]), 5);
  expect(data_diversity).toBeCloseTo(await halfMeanDistance([tinyImages(4, 100), tinyImages(4, 101)]), 5);
  expect(ratio).toBeCloseTo((diversity ?? 0) / (data_diversity ?? 0), 10);
  expect(diversity).toBeGreaterThan(0.05);
});

test('it says nothing before it has seen as many images as it samples', async () => {
  const watch = [collapse({ every: 1, samples: 9, below: 100 })];
  const { events } = await trainerAt(2e-3, 2e-3).fit(tinyLoader(), { steps: 4, watch });
  expect(events.map(({ step }) => step)).toEqual([3]);
});

/** The root of half the mean squared distance over all pairs of images, a value. */
async function halfMeanDistance(batches: tf.Tensor[]): Promise<number> {
  const images: number[][] = [];
  for (const batch of batches) {
    const values = await batch.data();
    for (let i = 0; i < values.length; i += 16) images.push(Array.from(values.slice(i, i + 16)));
  }
  let sum = 0;
  for (const a of images) for (const b of images) sum += Math.hypot(...a.map((x, i) => x - (b[i] ?? 0))) ** 2;
  return Math.sqrt(sum / images.length ** 2 / 16 / 2);
}
