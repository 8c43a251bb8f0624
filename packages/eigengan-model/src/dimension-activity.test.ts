import '@tensorflow/tfjs-backend-cpu';
import { seededStream } from '@eigengan/core';
import * as tf from '@tensorflow/tfjs-core';
import { expect, test } from 'vitest';
import {
  createGenerator,
  dimensionActivity,
  dimensionKey,
  eigenDimensions,
  sampleLatents,
  traverse,
  weightsByRole,
} from './index';

const generator = createGenerator({ size: 16, width: 0.0625, ranks: [3, 2], noise: 8 });

test('it is half the mean absolute change between z = -1 and 1, over the samples', async () => {
  const active = await dimensionActivity(generator, { samples: 2, stream: seededStream(1, 'activity') });
  expect(active.map(dimensionKey)).toEqual((await eigenDimensions(generator)).map(dimensionKey));
  const stream = seededStream(1, 'activity');
  const latents = [sampleLatents(generator, 1, stream), sampleLatents(generator, 1, stream)];
  for (const dimension of active) {
    let sum = 0;
    for (const one of latents) {
      const data = await traverse(generator, dimension, { values: [-1, 1], latents: one }).data();
      const half = data.length / 2;
      for (let i = 0; i < half; i++) sum += Math.abs((data[i + half] ?? 0) - (data[i] ?? 0)) / 2 / half;
    }
    expect(dimension.activity).toBeCloseTo(sum / 2, 5);
    expect(dimension.activity).toBeGreaterThan(0.001);
  }
});

test('a dimension of importance 0 does nothing, one whose features are not used neither', async () => {
  const other = createGenerator({ size: 16, width: 0.0625, ranks: [3, 2], noise: 8 });
  const weights = weightsByRole(other);
  weights.get('block_1/importance')?.assign(tf.tensor1d([4, 0]));
  for (const role of ['block_0/phi_same/kernel', 'block_0/phi_up/kernel']) {
    const kernel = weights.get(role);
    kernel?.assign(tf.zeros(kernel.shape));
  }
  const active = await dimensionActivity(other, { samples: 1 });
  expect(active.map(({ activity }) => activity > 0)).toEqual([false, false, false, true, false]);
  expect(active[0]?.importance).toBe(9);
});

test('a misspelt option is refused, not ignored', async () => {
  await expect(dimensionActivity(generator, Object({ sample: 1 }))).rejects.toThrow(
    'Did you mean "samples"?',
  );
});

test('it leaves no tensor', async () => {
  const before = tf.memory().numTensors;
  await dimensionActivity(generator, { samples: 1 });
  expect(tf.memory().numTensors).toBe(before);
});
