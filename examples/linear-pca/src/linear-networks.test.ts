import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import { orthonormalityError } from '@eigengan/subspace-layer';
import { expect, test } from 'vitest';
import { linearGenerator, quadraticCritic } from './linear-networks';

const a = [0.5, -1, 2, 0.25, 1.5, -0.75, 1, 3, -2];
const b = [0.1, -0.2, 0.3];
const points = [
  [1, 2, -1],
  [0.5, 0, 4],
];
const at = (row: number, column: number) => a[row * 3 + column] ?? 0;
const three = [0, 1, 2];

function criticWithWeights() {
  const critic = quadraticCritic(3);
  // dense computes x K, so that x . (x K) is x^T K x.
  critic.setWeights([tf.tensor2d(a, [3, 3]), tf.tensor1d(b)]);
  return critic;
}

test('the critic is x^T A x + b^T x', () => {
  const critic = criticWithWeights();
  const scores = critic.apply(tf.tensor2d(points)) as tf.Tensor;
  const expected = points.map((x) =>
    three
      .flatMap((i) => three.map((j) => (x[i] ?? 0) * at(i, j) * (x[j] ?? 0)))
      .concat(three.map((i) => (b[i] ?? 0) * (x[i] ?? 0)))
      .reduce((sum, term) => sum + term),
  );
  expect(scores.shape).toEqual([2, 1]);
  expect([...scores.dataSync()]).toEqual(expected.map((value) => expect.closeTo(value, 4)));
});

test('its gradient at x is (A + A^T) x + b', () => {
  const critic = criticWithWeights();
  const gradient = tf.grad((x) => tf.sum(critic.apply(x) as tf.Tensor))(tf.tensor2d(points));
  const expected = points.flatMap((x) =>
    three.map((i) => three.reduce((sum, j) => sum + (at(i, j) + at(j, i)) * (x[j] ?? 0), b[i] ?? 0)),
  );
  expect([...gradient.dataSync()]).toEqual(expected.map((value) => expect.closeTo(value, 4)));
});

test('an untrained critic scores everything 0', () => {
  const scores = quadraticCritic(4).apply(tf.ones([3, 4])) as tf.Tensor;
  expect([...scores.dataSync()]).toEqual([0, 0, 0]);
});

test('the generator is U diag(L) z + mu with an orthonormal basis from its seed', async () => {
  const { model, subspace } = linearGenerator(5, 2, 7);
  expect(await orthonormalityError(subspace)).toBeLessThan(1e-6);
  const again = linearGenerator(5, 2, 7).subspace;
  expect([...again.basis.read().dataSync()]).toEqual([...subspace.basis.read().dataSync()]);

  subspace.setWeights([
    tf.tensor2d([1, 0, 0, 0, 0, 0, 1, 0, 0, 0], [2, 5]),
    tf.tensor1d([3, -2]),
    tf.tensor1d([0, 0, 0, 0, 9]),
  ]);
  const x = model.apply(tf.tensor2d([[10, 1]])) as tf.Tensor;
  expect([...x.dataSync()]).toEqual([30, -2, 0, 0, 9]);
});
