import { useBackend } from '@eigengan/backends';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, expect, test } from 'vitest';
import { type Comparison, holds } from './compare-subspaces';
import { gaussianData } from './gaussian-data';
import { trainLinear } from './train-linear';

beforeAll(async () => {
  await useBackend('wasm', { selfTest: false });
});

const small = () => gaussianData({ count: 4000, seed: 1, spectrum: [2, 1, 0.4, 0.3, 0.2, 0.1] }).samples;

test('a small linear EigenGAN trained adversarially finds the principal subspace', async () => {
  const samples = small();
  const before = tf.memory().numTensors;
  const reports: [number, Comparison][] = [];
  const result = await trainLinear(samples, {
    steps: 2000,
    seed: 1,
    rank: 2,
    batch: 128,
    onReport: (step, comparison) => reports.push([step, comparison]),
  });
  expect(tf.memory().numTensors).toBe(before);
  expect(reports.map(([step]) => step)).toEqual([0, 500, 1000, 1500, 2000]);
  expect(holds(reports[0]?.[1] ?? result)).toBe(false);
  expect(result).toSatisfy(holds);
  samples.dispose();
});

test('with Gram-Schmidt it finds it in fewer steps', async () => {
  const samples = small();
  const options = { steps: 1400, seed: 1, rank: 2, batch: 128, orthonormality: 'gram-schmidt' } as const;
  expect(await trainLinear(samples, options)).toSatisfy(holds);
  samples.dispose();
});

test('with the constraint and Adam it finds the plane of the directions, if not each of them', async () => {
  const samples = small();
  const options = { steps: 1000, seed: 1, rank: 2, batch: 128, orthonormality: 'constraint' } as const;
  const { cosines } = await trainLinear(samples, options);
  for (const row of cosines) expect(Math.hypot(...row)).toBeGreaterThan(0.98);
  samples.dispose();
});

test('the same seed gives the same result, another seed another', async () => {
  const samples = small();
  const options = { steps: 3, rank: 2, batch: 16 };
  const [first, again, other] = [
    await trainLinear(samples, { ...options, seed: 1 }),
    await trainLinear(samples, { ...options, seed: 1 }),
    await trainLinear(samples, { ...options, seed: 2 }),
  ];
  expect(again).toEqual(first);
  expect(other).not.toEqual(first);
  samples.dispose();
});
