import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { createGenerator } from './generator';
import { subspaces } from './subspaces';

it('gives each subspace with its shapes, the deepest first, and makes no tensor', async () => {
  const generator = createGenerator({ size: 16, width: 0.25, ranks: [2, 3], noise: 0, seed: 1 });
  const before = tf.memory().numTensors;
  const found = subspaces(generator);
  expect(tf.memory().numTensors).toBe(before);
  expect(found.map(({ block, resolution }) => ({ block, resolution }))).toEqual([
    { block: 0, resolution: [4, 4] },
    { block: 1, resolution: [8, 8] },
  ]);
  for (const { basis, importance, origin, features, resolution } of found) {
    const units = resolution[0] * resolution[1] * features;
    expect([basis.shape, origin.shape]).toEqual([[importance.size, units], [units]]);
    const gram = await tf.tidy(() => tf.matMul(basis, basis, false, true)).data();
    gram.forEach((value, at) => {
      expect(value).toBeCloseTo(at % (importance.size + 1) === 0 ? 1 : 0, 4);
    });
  }
});
