import '@tensorflow/tfjs-backend-cpu';
import { ArgumentError } from '@eigengan/core';
import * as tf from '@tensorflow/tfjs-core';
import { Matrix, SingularValueDecomposition } from 'ml-matrix';
import { beforeAll, describe, expect, it } from 'vitest';
import { orthonormalityError, principalSubspace } from './index';
import { builtLayer } from './testing/built-layer';
import { inRows, relativeError } from './testing/reference';

beforeAll(async () => {
  await tf.setBackend('cpu');
});

const normal = (shape: number[], seed = 1) => tf.randomNormal(shape, 0, 1, 'float32', seed);

describe('principalSubspace', () => {
  /** Singular values and right singular vectors of the centred data: PCA by another way. */
  function bySingularValues(data: tf.Tensor) {
    const [count = 0, ...shape] = data.shape;
    const matrix = new Matrix(inRows([...data.dataSync()], tf.util.sizeFromShape(shape)));
    const centred = matrix.center('column');
    const { diagonal, rightSingularVectors } = new SingularValueDecomposition(centred, {
      autoTranspose: true,
    });
    return {
      deviations: diagonal.map((value) => value / Math.sqrt(count)),
      direction: (j: number) => rightSingularVectors.getColumn(j),
    };
  }

  for (const [count, units] of [
    [60, 6],
    [7, 40],
    [12, 12],
  ] as const) {
    it(`agrees with a singular value decomposition (${count} samples of ${units} values)`, async () => {
      const spread = tf.tensor1d(Array.from({ length: units }, (_, k) => 10 / (k + 1)));
      const data = tf.add(tf.mul(normal([count, units]), spread), 3);
      const { basis, importance, origin } = await principalSubspace(data, 4);
      const expected = bySingularValues(data);
      expect(relativeError(importance.dataSync(), expected.deviations.slice(0, 4))).toBeLessThan(1e-6);
      inRows([...basis.dataSync()], units).forEach((vector, j) => {
        const direction = expected.direction(j);
        const cosine = vector.reduce((sum, value, k) => sum + value * (direction[k] ?? 0), 0);
        expect(Math.abs(cosine)).toBeGreaterThan(1 - 1e-6);
        const greatest = vector.reduce((best, value) => (Math.abs(value) > Math.abs(best) ? value : best), 0);
        expect(greatest).toBeGreaterThan(0);
      });
      expect(relativeError(origin.dataSync(), tf.mean(data, 0).dataSync())).toBeLessThan(1e-6);
      expect(await orthonormalityError(basis)).toBeLessThan(1e-6);
    });
  }

  it('recovers a subspace that data was made from', async () => {
    const layer = builtLayer({ importance: [4, 2, 1] });
    const data = layer.call(normal([400, 3]), {});
    const { basis, importance } = await principalSubspace(data, 3);
    const within = tf.matMul(basis, layer.effectiveBasis(), false, true);
    // Both span the same three dimensions, so the products are a rotation.
    expect(await orthonormalityError(within)).toBeLessThan(1e-5);
    expect(relativeError(importance.dataSync(), [4, 2, 1])).toBeLessThan(0.1);
  });

  it('gives importance 0 and some orthonormal direction beyond the rank of the data', async () => {
    for (const units of [5, 50]) {
      const line = tf.matMul(tf.reshape(normal([20]), [20, 1]), tf.reshape(normal([units], 2), [1, units]));
      const { basis, importance } = await principalSubspace(line, 3);
      expect([...importance.dataSync()].slice(1).every((value) => value < 1e-6)).toBe(true);
      expect(await orthonormalityError(basis)).toBeLessThan(1e-6);
      const constant = await principalSubspace(tf.ones([4, units]), 2);
      expect([...constant.importance.dataSync()]).toEqual([0, 0]);
      expect(await orthonormalityError(constant.basis)).toBeLessThan(1e-6);
    }
  });

  it('is the same each time', async () => {
    const data = normal([5, 30]);
    const [a, b] = [await principalSubspace(data, 4), await principalSubspace(data, 4)];
    expect(a.basis.dataSync()).toEqual(b.basis.dataSync());
  });

  it('refuses what has no such subspace, with the numbers', async () => {
    await expect(principalSubspace(normal([5, 3, 3]), 5)).rejects.toThrow(
      'principalSubspace: rank: 5 samples of 9 values span at most 4 directions, got 5',
    );
    await expect(principalSubspace(normal([50, 3]), 4)).rejects.toThrow(/at most 3 directions/);
    await expect(principalSubspace(normal([5, 3]), 0)).rejects.toThrow(ArgumentError);
    await expect(principalSubspace(normal([5]), 1)).rejects.toThrow(/\[n, \.\.\.shape\]/);
    await expect(principalSubspace(normal([1, 5]), 1)).rejects.toThrow(/n of at least 2/);
    const broken = tf.tensor2d([1, 2, 3, Number.NaN, 5, 6], [3, 2]);
    await expect(principalSubspace(broken, 1)).rejects.toThrow(
      'principalSubspace: data[1]: must be finite, got NaN',
    );
  });
});
