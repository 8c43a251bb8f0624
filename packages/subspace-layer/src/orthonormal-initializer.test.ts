import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { orthonormalInitializer, orthonormalityError } from './index';

beforeAll(async () => {
  await tf.setBackend('cpu');
});

describe('orthonormalInitializer', () => {
  it('gives orthonormal vectors along the longer side of any kernel', async () => {
    for (const shape of [[6, 2000], [2000, 6], [8, 8], [5], [3, 3, 4, 8], [1, 1, 4, 16]]) {
      const weight = orthonormalInitializer({ seed: 1 }).apply(shape);
      expect(weight.shape).toEqual(shape);
      expect(await orthonormalityError(weight)).toBeLessThan(1e-6);
    }
  });

  it('makes six vectors of 131,072 without a matrix of that size', async () => {
    const weight = orthonormalInitializer({ seed: 1 }).apply([6, 131072]);
    expect(await orthonormalityError(weight)).toBeLessThan(5e-6);
  });

  it('repeats with a seed, differs between seeds and without one', () => {
    const values = (seed?: number) => orthonormalInitializer({ seed }).apply([2, 9]).dataSync();
    expect(values(3)).toEqual(values(3));
    expect(values(3)).not.toEqual(values(4));
    expect(values()).not.toEqual(values());
  });

  it('keeps the seed it drew in its configuration', () => {
    const drawn = orthonormalInitializer();
    const again = orthonormalInitializer({ seed: drawn.seed });
    expect(drawn.getConfig()).toEqual({ seed: drawn.seed });
    expect(again.apply([2, 9]).dataSync()).toEqual(drawn.apply([2, 9]).dataSync());
  });

  it('spreads its vectors evenly over all directions', () => {
    // Each component of a uniformly distributed unit vector has mean 0 and variance 1 / length.
    const samples = Array.from({ length: 500 }, (_, seed) => [
      ...orthonormalInitializer({ seed }).apply([2, 4]).dataSync(),
    ]);
    for (let k = 0; k < 8; k++) {
      const component = samples.map((sample) => sample[k] ?? 0);
      const mean = component.reduce((sum, value) => sum + value, 0) / 500;
      const variance = component.reduce((sum, value) => sum + value * value, 0) / 500;
      expect(Math.abs(mean)).toBeLessThan(0.1);
      expect(Math.abs(variance - 0.25)).toBeLessThan(0.05);
    }
  });

  it('refuses a seed that is no integer and a shape that is not known', () => {
    expect(() => orthonormalInitializer({ seed: 0.5 })).toThrow(/orthonormalInitializer: seed.*got 0.5/);
    expect(() => orthonormalInitializer().apply([null, 3])).toThrow(/all known and not empty/);
  });

  it('leaves one tensor, the weight', () => {
    const before = tf.memory().numTensors;
    orthonormalInitializer().apply([9, 2]).dispose();
    expect(tf.memory().numTensors).toBe(before);
  });
});
