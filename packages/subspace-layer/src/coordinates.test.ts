import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { coordinates } from './index';
import { builtLayer } from './testing/built-layer';
import { relativeError } from './testing/reference';

beforeAll(async () => {
  await tf.setBackend('cpu');
});

const normal = (shape: number[], seed = 1) => tf.randomNormal(shape, 0, 1, 'float32', seed);

describe('coordinates', () => {
  it('undo the layer where the basis is orthonormal', () => {
    const z = normal([4, 3]);
    const layer = builtLayer();
    expect(relativeError(coordinates(layer, layer.call(z, {})).dataSync(), z.dataSync())).toBeLessThan(1e-6);
  });

  it('undo it in Gram-Schmidt mode whatever the basis', () => {
    const z = normal([4, 3]);
    const layer = builtLayer({ gramSchmidt: true, basisInitializer: 'glorotNormal' });
    expect(relativeError(coordinates(layer, layer.call(z, {})).dataSync(), z.dataSync())).toBeLessThan(1e-5);
  });

  it('of features outside the subspace are those of the nearest point in it', () => {
    const layer = builtLayer();
    const features = normal([1, 2, 5], 2);
    const z = coordinates(layer, features);
    const rest = tf.sub(features, layer.call(z, {}));
    // What is left is at right angles to every basis vector.
    const along = tf.matMul(tf.reshape(rest, [1, 10]), layer.effectiveBasis(), false, true);
    expect(Math.max(...along.dataSync().map(Math.abs))).toBeLessThan(1e-6);
  });

  it('are 0 where the importance is 0', () => {
    const layer = builtLayer({ importance: [1, 0, 2] });
    const z = coordinates(layer, normal([2, 2, 5], 2)).dataSync();
    expect([z[1], z[4]]).toEqual([0, 0]);
    expect(Math.abs(z[0] ?? 0)).toBeGreaterThan(0);
  });

  it('refuse features of another shape', () => {
    expect(() => coordinates(builtLayer({ name: 'c' }), normal([2, 5, 2]))).toThrow(
      'coordinates: features: must be [batch, 2, 5] for c, got [2, 5, 2]',
    );
  });
});
