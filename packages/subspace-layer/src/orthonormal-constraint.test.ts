import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import { Matrix, SingularValueDecomposition } from 'ml-matrix';
import { beforeAll, describe, expect, it } from 'vitest';
import { applyConstraints, orthonormalConstraint, orthonormalityError, subspaceLayer } from './index';
import { inRows, relativeError } from './testing/reference';

beforeAll(async () => {
  await tf.setBackend('cpu');
});

const constraint = orthonormalConstraint();
const normal = (shape: number[], seed = 1) => tf.randomNormal(shape, 0, 1, 'float32', seed);

/** The polar factor V W^T of B = V S W^T. */
function polarFactor(matrix: tf.Tensor2D): number[] {
  const rows = new Matrix(inRows([...matrix.dataSync()], matrix.shape[1]));
  const { leftSingularVectors, rightSingularVectors } = new SingularValueDecomposition(rows, {
    autoTranspose: true,
  });
  return leftSingularVectors.mmul(rightSingularVectors.transpose()).to1DArray();
}

describe('orthonormalConstraint', () => {
  it('gives the polar factor that a singular value decomposition gives', () => {
    for (const [rows, columns] of [
      [1, 7],
      [4, 9],
      [6, 300],
      [9, 4],
      [5, 5],
    ] as const) {
      const matrix = tf.tensor2d(normal([rows, columns]).dataSync(), [rows, columns]);
      expect(relativeError(constraint.apply(matrix).dataSync(), polarFactor(matrix))).toBeLessThan(1e-5);
    }
  });

  it('gives it also where the singular values differ by a factor of 100', () => {
    const left = tf.mul(constraint.apply(normal([3, 3], 2)), tf.tensor2d([1, 0.1, 0.01], [1, 3]));
    const product = tf.matMul(left, constraint.apply(normal([3, 20])));
    const matrix = tf.tensor2d(product.dataSync(), [3, 20]);
    expect(relativeError(constraint.apply(matrix).dataSync(), polarFactor(matrix))).toBeLessThan(3e-4);
  });

  it('leaves orthonormal vectors alone to float32 precision', () => {
    for (const shape of [
      [6, 500],
      [500, 6],
      [40, 40],
    ]) {
      const once = constraint.apply(normal(shape));
      const change = tf.max(tf.abs(tf.sub(constraint.apply(once), once))).dataSync()[0];
      expect(change).toBeLessThan(5e-7);
    }
  });

  it('works along the longer side of any kernel', async () => {
    for (const shape of [[7], [4, 9], [9, 4], [3, 3, 2, 5], [1, 1, 4, 16], [2, 3, 4]]) {
      const weight = constraint.apply(normal(shape));
      expect(weight.shape).toEqual(shape);
      expect(await orthonormalityError(weight)).toBeLessThan(1e-6);
    }
    // [in, out] with in > out: the columns.
    const columns = tf.matMul(constraint.apply(normal([9, 4])), constraint.apply(normal([9, 4])), true);
    expect(relativeError(columns.dataSync(), tf.eye(4).dataSync())).toBeLessThan(1e-6);
  });

  it('fills in what dependent vectors lack', async () => {
    const row = normal([1, 12]);
    const dependent = [
      tf.zeros([4, 12]),
      tf.ones([4, 12]),
      tf.ones([4, 4]),
      tf.concat([row, row, normal([1, 12], 3)]),
      tf.mul(tf.concat([row, row]), 1e-25),
      tf.mul(normal([3, 12]), 1e25),
    ];
    for (const weight of dependent) {
      expect(await orthonormalityError(constraint.apply(weight))).toBeLessThan(2e-6);
    }
  });

  it('brings the mean of two bases back to the manifold', async () => {
    const bases = [1, 2].map((seed) => constraint.apply(normal([3, 50], seed)));
    const mean = tf.div(tf.addN(bases), 2);
    expect(await orthonormalityError(mean)).toBeGreaterThan(0.1);
    expect(await orthonormalityError(constraint.apply(mean))).toBeLessThan(1e-6);
  });

  it('leaves no tensor behind', () => {
    const weight = normal([3, 9]);
    const before = tf.memory().numTensors;
    constraint.apply(weight).dispose();
    expect(tf.memory().numTensors).toBe(before);
  });

  it('refuses a scalar', () => {
    expect(() => constraint.apply(tf.scalar(1))).toThrow(
      /orthonormalConstraint: needs a weight with at least one axis/,
    );
  });

  it('keeps a layer on the manifold during fit with applyConstraints as a callback', async () => {
    const layer = subspaceLayer({ shape: [10], inputShape: [3], basisConstraint: constraint });
    const model = tfl.sequential({ layers: [layer] });
    model.compile({ optimizer: tf.train.sgd(0.05), loss: 'meanSquaredError' });
    const start = layer.basis.read().clone();
    const [x, y] = [normal([32, 3]), normal([32, 10], 2)];
    const count = tf.memory().numTensors;
    const onBatchEnd = async () => applyConstraints(model);
    await model.fit(x, y, { epochs: 3, verbose: 0, callbacks: { onBatchEnd } });
    expect(tf.memory().numTensors).toBe(count);
    expect(relativeError(layer.basis.read().dataSync(), start.dataSync())).toBeGreaterThan(0.01);
    expect(await orthonormalityError(layer)).toBeLessThan(1e-6);
  });
});
