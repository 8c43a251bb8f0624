import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, expect, test } from 'vitest';
import { adam, adamW, lazyCorrected } from '../index';

beforeAll(() => tf.setBackend('cpu'));

test('the rate and the decays are those of StyleGAN2, what else there is stays', () => {
  const options = { learningRate: 0.002, beta1: 0, beta2: 0.99, epsilon: 1e-7, weightDecay: 0.1 };
  const corrected = lazyCorrected(options, 16);
  // The figures of StyleGAN2's configuration: 0.002 * 16 / 17 and 0.99^(16 / 17).
  expect(corrected.learningRate).toBeCloseTo(0.0018824, 7);
  expect(corrected.beta2).toBeCloseTo(0.990585, 6);
  expect(corrected).toMatchObject({ beta1: 0, epsilon: 1e-7, weightDecay: 0.1 });
  expect(adamW(corrected).configuration).toMatchObject({ beta2: corrected.beta2 });
});

test('n + 1 corrected updates by one gradient move as far, and forget as much, as n did', async () => {
  const moved = async (options: { learningRate: number; beta1: number; beta2: number }, updates: number) => {
    const state = adam(options).create();
    const variable = tf.variable(tf.tensor1d([1]));
    const gradient = tf.tensor1d([0.3]);
    const { updates: _, ...products } = { ...state.numbers };
    for (let i = 0; i < updates; i++) state.apply([{ role: 'w', variable, gradient }]);
    const [value = Number.NaN] = await variable.data();
    const left = Object.keys(products).map((name) => state.numbers[name] ?? Number.NaN);
    return [1 - value, ...left];
  };
  const options = { learningRate: 0.01, beta1: 0.5, beta2: 0.9 };
  const plain = await moved(options, 4);
  const corrected = await moved(lazyCorrected(options, 4), 5);
  for (const [i, value] of plain.entries()) expect(corrected[i]).toBeCloseTo(value, 6);
});

test('a schedule is corrected at each update', () => {
  const { learningRate } = lazyCorrected({ learningRate: (update: number) => update }, 3);
  expect(typeof learningRate === 'function' && learningRate(8)).toBe(6);
});

test('an interval below 1 is refused', () => {
  expect(() => lazyCorrected({ learningRate: 1 }, 0)).toThrow(
    'lazyCorrected: interval: must be an integer of at least 1, got 0',
  );
});
