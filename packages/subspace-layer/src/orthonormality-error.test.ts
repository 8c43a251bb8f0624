import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { orthonormalityError } from './index';
import { builtLayer } from './testing/built-layer';

beforeAll(async () => {
  await tf.setBackend('cpu');
});

describe('orthonormalityError', () => {
  it('is the Frobenius distance of the Gram matrix from the identity', async () => {
    expect(
      await orthonormalityError(
        tf.tensor2d([
          [2, 0, 0],
          [0, 1, 0],
        ]),
      ),
    ).toBeCloseTo(3, 6);
    expect(
      await orthonormalityError(
        tf.tensor2d([
          [1, 0, 0],
          [0.6, 0.8, 0],
        ]),
      ),
    ).toBeCloseTo(0.6 * Math.SQRT2, 6);
  });

  it('of a layer is that of the basis it works with', async () => {
    const skewed = { basisInitializer: 'glorotNormal' };
    expect(await orthonormalityError(builtLayer(skewed))).toBeGreaterThan(0.1);
    expect(await orthonormalityError(builtLayer({ ...skewed, gramSchmidt: true }))).toBeLessThan(1e-6);
  });
});
