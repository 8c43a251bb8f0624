import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import { expect, test } from 'vitest';
import { compareSubspaces, holds } from './compare-subspaces';

const subspace = (basis: number[][], importance: number[], origin = [0, 0, 0]) => ({
  basis: tf.tensor2d(basis),
  importance: tf.tensor1d(importance),
  origin: tf.tensor1d(origin),
});

const principal = subspace(
  [
    [1, 0, 0],
    [0, 1, 0],
  ],
  [2, 1],
);

test('order and signs of the learned directions do not matter', async () => {
  const learned = subspace(
    [
      [0, -1, 0],
      [1, 0, 0],
    ],
    [-1, 2],
  );
  const result = await compareSubspaces(learned, principal);
  expect(result.minCosine).toBe(1);
  expect(result.maxError).toBe(0);
  expect(result.directions.map(({ place, importance }) => [place, importance])).toEqual([
    [1, 2],
    [2, 1],
  ]);
});

test('a direction turned by 30 degrees has a |cos| of 0.866, whatever its length', async () => {
  const [cos, sin] = [Math.cos(Math.PI / 6), Math.sin(Math.PI / 6)];
  const learned = subspace(
    [
      [5 * cos, 0, 5 * sin],
      [0, 1, 0],
    ],
    [2.2, 0.9],
    [3, 0, 4],
  );
  const result = await compareSubspaces(learned, principal);
  expect(result.minCosine).toBeCloseTo(cos, 6);
  expect(result.cosines[0]?.[0]).toBeCloseTo(cos, 6);
  expect(result.cosines[1]).toEqual([0, 1]);
  expect(result.directions.map(({ error }) => error)).toEqual([
    expect.closeTo(0.1, 6),
    expect.closeTo(0.1, 6),
  ]);
  expect(result.originDistance).toBe(5);
});

test('the theorem holds from 0.99 and up to 5 %, and not for what is no number', () => {
  expect(holds({ minCosine: 0.99, maxError: 0.05 })).toBe(true);
  expect(holds({ minCosine: 0.989, maxError: 0 })).toBe(false);
  expect(holds({ minCosine: 1, maxError: 0.051 })).toBe(false);
  expect(holds({ minCosine: Number.NaN, maxError: 0 })).toBe(false);
});
