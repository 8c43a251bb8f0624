import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-layers';
import { seededStream } from '@eigengan/core';
import { principalSubspace } from '@eigengan/subspace-layer';
import { expect, test } from 'vitest';
import { drawBatch, gaussianData } from './gaussian-data';

test('the principal components of the samples have the spectrum that was asked for', async () => {
  const { samples } = gaussianData({ count: 20_000, seed: 3, spectrum: [4, 2, 1, 0.5] });
  const { importance, basis } = await principalSubspace(samples, 4);
  const deviations = [...importance.dataSync()];
  for (const [i, expected] of [4, 2, 1, 0.5].entries()) {
    expect(Math.abs((deviations[i] ?? 0) / expected - 1)).toBeLessThan(0.02);
  }
  // A rotation that mixes: no direction is an axis.
  expect(Math.max(...basis.dataSync())).toBeLessThan(0.99);
});

test('a seed gives the same samples again, another seed others', () => {
  const draw = (seed: number) => [...gaussianData({ count: 5, seed }).samples.dataSync()];
  expect(draw(1)).toEqual(draw(1));
  expect(draw(2)).not.toEqual(draw(1));
});

test('a batch is rows of the samples, and nothing else is left behind', () => {
  const samples = tf.tensor2d([0, 10, 1, 11, 2, 12], [3, 2]);
  const before = tf.memory().numTensors;
  const batch = drawBatch(samples, 50, seededStream(1, 'batches'));
  expect(tf.memory().numTensors).toBe(before + 1);
  const rows = batch.arraySync();
  expect(rows.every(([x = Number.NaN, y]) => y === x + 10)).toBe(true);
  expect(new Set(rows.map(([x]) => x))).toEqual(new Set([0, 1, 2]));
});
