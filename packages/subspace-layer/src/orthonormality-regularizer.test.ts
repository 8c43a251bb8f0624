import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  orthonormalInitializer,
  orthonormalityError,
  orthonormalityRegularizer,
  subspaceLayer,
} from './index';
import { inRows, referencePenalty, relativeError } from './testing/reference';

beforeAll(async () => {
  await tf.setBackend('cpu');
});

const normal = (shape: number[]) => tf.randomNormal(shape, 0, 0.5, 'float32', 1);

describe('orthonormalityRegularizer', () => {
  it('is half the squared distance of the Gram matrix from the identity, times its strength', () => {
    const rows = normal([3, 7]);
    const expected = referencePenalty(inRows([...rows.dataSync()], 7));
    expect(relativeError(orthonormalityRegularizer().apply(rows).dataSync(), [expected])).toBeLessThan(1e-6);
    const doubled = orthonormalityRegularizer({ strength: 2 }).apply(rows);
    expect(relativeError(doubled.dataSync(), [2 * expected])).toBeLessThan(1e-6);
  });

  it('measures the columns of a kernel that is longer than wide', () => {
    const tall = normal([7, 3]);
    const regularizer = orthonormalityRegularizer();
    const wide = tf.transpose(tall);
    expect(
      relativeError(regularizer.apply(tall).dataSync(), regularizer.apply(wide).dataSync()),
    ).toBeLessThan(1e-6);
  });

  it('is 0 for orthonormal vectors', () => {
    const weight = orthonormalInitializer({ seed: 1 }).apply([4, 30]);
    expect(orthonormalityRegularizer().apply(weight).dataSync()[0]).toBeLessThan(1e-12);
  });

  it('makes a basis orthonormal when it is minimised', async () => {
    const layer = subspaceLayer({ shape: [12], basisInitializer: 'glorotUniform' });
    layer.build([null, 3]);
    const before = await orthonormalityError(layer);
    const optimizer = tf.train.sgd(0.2);
    for (let i = 0; i < 100; i++) {
      optimizer.minimize(() => layer.calculateLosses()[0] ?? tf.scalar(0));
    }
    expect(before).toBeGreaterThan(0.5);
    expect(await orthonormalityError(layer)).toBeLessThan(1e-4);
  });

  it('refuses a negative strength', () => {
    expect(() => orthonormalityRegularizer({ strength: -1 })).toThrow(/strength.*got -1/);
  });

  it('leaves one tensor, the loss', () => {
    const weight = normal([7, 3]);
    const before = tf.memory().numTensors;
    orthonormalityRegularizer().apply(weight).dispose();
    expect(tf.memory().numTensors).toBe(before);
  });
});
