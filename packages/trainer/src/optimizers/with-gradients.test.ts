import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-layers';
import { beforeAll, expect, test } from 'vitest';
import { adam, clipped, decayed, type Optimizer, sgd } from '../index';
import { bytesOf, tinyDiscriminator, tinyGenerator, tinyImages, tinyTrainer } from '../testing/tiny-gan';

beforeAll(() => tf.setBackend('cpu'));

/** What one update takes off each weight, by role. */
async function taken(
  optimizer: Optimizer,
  weights: Readonly<Record<string, { weight: number[]; gradient: number[] }>>,
): Promise<Record<string, number[]>> {
  const updates = Object.entries(weights).map(([role, { weight, gradient }]) => ({
    role,
    variable: tf.variable(tf.tensor1d(weight)),
    gradient: tf.tensor1d(gradient),
  }));
  const state = optimizer.create();
  const before = tf.memory().numTensors;
  state.apply(updates);
  expect(tf.memory().numTensors).toBe(before);
  const steps: Record<string, number[]> = {};
  for (const { role, variable } of updates) {
    const after = await variable.data();
    steps[role] = (weights[role]?.weight ?? []).map((value, i) => value - (after[i] ?? Number.NaN));
  }
  return steps;
}

function expectSteps(steps: Record<string, number[]>, expected: Readonly<Record<string, number[]>>): void {
  expect(Object.keys(steps)).toEqual(Object.keys(expected));
  for (const [role, values] of Object.entries(expected)) {
    for (const [i, value] of values.entries()) expect(steps[role]?.[i]).toBeCloseTo(value, 5);
  }
}

const plain = sgd({ learningRate: 1 });
/** Gradients of norm 2 and 1.5: together 2.5. */
const two = {
  'a/kernel': { weight: [0, 0], gradient: [1.2, -1.6] },
  'a/bias': { weight: [0], gradient: [1.5] },
};

test('the global norm scales all gradients alike, and leaves smaller ones alone', async () => {
  expectSteps(await taken(clipped(plain, { globalNorm: 1 }), two), {
    'a/kernel': [1.2 / 2.5, -1.6 / 2.5],
    'a/bias': [1.5 / 2.5],
  });
  const untouched = { 'a/kernel': [1.2, -1.6], 'a/bias': [1.5] };
  expectSteps(await taken(clipped(plain, { globalNorm: 2.6 }), two), untouched);
  const still = { w: { weight: [1], gradient: [0] } };
  expectSteps(await taken(clipped(plain, { globalNorm: 1 }), still), { w: [0] });
});

test('by value each element is clipped by itself', async () => {
  expectSteps(await taken(clipped(plain, { value: 1.4 }), two), { 'a/kernel': [1.2, -1.4], 'a/bias': [1.4] });
});

const decaying = Object.fromEntries(
  ['d/kernel', 's/depthwise_kernel', 's/pointwise_kernel', 'r/recurrent_kernel', 'kernel']
    .concat('d/bias', 'n/gamma', 'b/basis', 'b/importance', 'b/origin', 'kernel/bias', 'e/embeddings')
    .map((role) => [role, { weight: [2, -4], gradient: [0.5, 0.5] }]),
);

test('decay adds to the gradients of kernels, and of nothing else', async () => {
  const steps = await taken(decayed(plain, { kernels: 0.1 }), decaying);
  const expected = Object.keys(decaying).map((role, i) => [role, i < 5 ? [0.7, 0.1] : [0.5, 0.5]]);
  expectSteps(steps, Object.fromEntries(expected));
});

test('decay is the gradient of half the sum of squares, as the official code’s l2_regularizer', async () => {
  const weight = tf.tensor1d([2, -4, 0.3]);
  const l2 = tf.grad((w) => tf.mul(0.1 / 2, tf.sum(tf.square(w))))(weight);
  const steps = await taken(decayed(plain, { kernels: 0.1 }), {
    'd/kernel': { weight: [2, -4, 0.3], gradient: [0, 0, 0] },
  });
  expectSteps(steps, { 'd/kernel': [...(await l2.data())] });
});

test('the outer wrapper changes the gradients first', async () => {
  const weights = { 'd/kernel': { weight: [10], gradient: [3] } };
  const inside = clipped(decayed(plain, { kernels: 0.1 }), { value: 0.5 });
  const outside = decayed(clipped(plain, { value: 0.5 }), { kernels: 0.1 });
  expectSteps(await taken(inside, weights), { 'd/kernel': [1.5] });
  expectSteps(await taken(outside, weights), { 'd/kernel': [0.5] });
});

test('in a trainer decay is what regularisers on the kernels are', async () => {
  const run = async (optimizer: Optimizer, l2: boolean) => {
    const generator = tinyGenerator();
    const discriminator = tinyDiscriminator();
    const trainer = tinyTrainer({
      generator,
      discriminator,
      optimizers: { generator: plain, discriminator: optimizer },
      penalties: l2
        ? [
            {
              name: 'l2',
              weight: 0.1,
              interval: 1,
              configuration: {},
              evaluate: () =>
                tf.mul(
                  0.5,
                  tf.addN(
                    discriminator.trainableWeights
                      .filter(({ originalName }) => originalName.endsWith('kernel'))
                      .map((weight) => tf.sum(tf.square(weight.read()))),
                  ),
                ),
            },
          ]
        : [],
    });
    for (let i = 0; i < 3; i++) await trainer.step(tinyImages(4, i));
    return discriminator.getLayer('first').getWeights()[0]?.data() ?? [];
  };
  const slow = sgd({ learningRate: 0.05 });
  const byGradient = await run(decayed(slow, { kernels: 0.1 }), false);
  const byLoss = await run(slow, true);
  const without = await run(slow, false);
  for (const [i, value] of byGradient.entries()) expect(value).toBeCloseTo(byLoss[i] ?? Number.NaN, 5);
  expect(Math.hypot(...without.map((value, i) => value - (byLoss[i] ?? 0)))).toBeGreaterThan(1e-3);
});

test('checkpoints hold the state of the optimizer inside, and the wrappers’ settings', async () => {
  const wrapped = (globalNorm: number, beta1 = 0.9) => {
    const optimizer = clipped(decayed(adam({ beta1 }), { kernels: 0.01 }), { globalNorm });
    return tinyTrainer({ optimizers: { generator: optimizer, discriminator: optimizer } });
  };
  const trainer = wrapped(1);
  await trainer.step(tinyImages(4));
  const bytes = await trainer.checkpoint();
  const other = wrapped(1);
  await other.restore(bytes);
  await Promise.all([trainer.step(tinyImages(4, 1)), other.step(tinyImages(4, 1))]);
  expect(await bytesOf(other.generator)).toEqual(await bytesOf(trainer.generator));
  await expect(wrapped(2).restore(bytes)).rejects.toThrow('optimizers.generator.globalNorm was 1, is 2');
  await expect(wrapped(1, 0.5).restore(bytes)).rejects.toThrow(
    'optimizers.generator.optimizer.optimizer.beta1 was 0.9, is 0.5',
  );
});

test('bad settings are refused with their name', () => {
  const refused = (options: string, message: string) =>
    expect(() => clipped(plain, JSON.parse(options))).toThrow(message);
  refused('{}', 'clipped: needs one of globalNorm and value, got ""');
  refused('{"globalNorm":1,"value":1}', 'needs one of globalNorm and value, got "globalNorm, value"');
  refused('{"globalNorm":0}', 'clipped: globalNorm: must be a finite number above 0, got 0');
  refused('{"value":null}', 'clipped: value: must be a finite number above 0, got null');
  expect(() => decayed(plain, { kernels: -1 })).toThrow(
    'decayed: kernels: must be a finite number of at least 0',
  );
  expect(() => decayed(JSON.parse('{}'), { kernels: 1 })).toThrow('decayed: must be given an optimizer');
});
