import '@tensorflow/tfjs-backend-cpu';
import { fillNormal, seededStream, updateKernels } from '@eigengan/core';
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-layers';
import { beforeAll, expect, test } from 'vitest';
import { type AdamOptions, adam } from '../index';

beforeAll(() => tf.setBackend('cpu'));

const steps = 20;
const gradients = Array.from({ length: steps }, (_, i) =>
  fillNormal(seededStream(i, 'gradients'), new Float32Array(6)),
);
const start = [1, -2, 0.5, 0, 3, -0.1];

/** TensorFlow's documented update, in double precision. */
function reference({ learningRate, beta1, beta2, epsilon }: Required<AdamOptions>): number[] {
  const [weights, m, v] = [[...start], start.map(() => 0), start.map(() => 0)];
  for (const [i, gradient] of gradients.entries()) {
    const t = i + 1;
    const base = typeof learningRate === 'function' ? learningRate(i) : (learningRate ?? 0);
    const rate = (base * Math.sqrt(1 - (beta2 ?? 0) ** t)) / (1 - (beta1 ?? 0) ** t);
    for (const [j, g] of gradient.entries()) {
      m[j] = (beta1 ?? 0) * (m[j] ?? 0) + (1 - (beta1 ?? 0)) * g;
      v[j] = (beta2 ?? 0) * (v[j] ?? 0) + (1 - (beta2 ?? 0)) * g * g;
      weights[j] = (weights[j] ?? 0) - (rate * m[j]) / (Math.sqrt(v[j]) + (epsilon ?? 0));
    }
  }
  return weights;
}

async function run(options: AdamOptions): Promise<number[]> {
  const variable = tf.variable(tf.tensor1d(start));
  const state = adam(options).create();
  for (const gradient of gradients) state.apply([{ role: 'w', variable, gradient: tf.tensor1d(gradient) }]);
  const result = [...(await variable.data())];
  state.dispose();
  return result;
}

function expectClose(actual: readonly number[], expected: readonly number[], tolerance: number): void {
  for (const [i, value] of actual.entries()) {
    expect(Math.abs(value - (expected[i] ?? Number.NaN))).toBeLessThan(tolerance);
  }
}

test.each([
  { learningRate: 1e-2, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 },
  { learningRate: 1e-2, beta1: 0.5, beta2: 0.99, epsilon: 1e-8 },
  { learningRate: 1e-2, beta1: 0, beta2: 0.99, epsilon: 1e-3 },
  { learningRate: (update: number) => 1e-2 / (1 + update), beta1: 0.5, beta2: 0.999, epsilon: 1e-8 },
])('twenty steps follow TensorFlow’s formula (%o)', async (options) => {
  expectClose(await run(options), reference(options), 2e-6);
});

test('with a small epsilon it agrees with tf.train.adam', async () => {
  const variable = tf.variable(tf.tensor1d(start), true, 'adam-reference');
  const stock = tf.train.adam(1e-2, 0.9, 0.999, 1e-8);
  for (const gradient of gradients) {
    stock.applyGradients([{ name: 'adam-reference', tensor: tf.tensor1d(gradient) }]);
  }
  expectClose(
    await run({ learningRate: 1e-2, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 }),
    [...(await variable.data())],
    2e-6,
  );
});

test('the first update is the learning rate, in the direction against the gradient', async () => {
  const variable = tf.variable(tf.tensor1d([0, 0]));
  const state = adam({ learningRate: 0.1 }).create();
  state.apply([{ role: 'w', variable, gradient: tf.tensor1d([3, -1e-3]) }]);
  expectClose([...(await variable.data())], [-0.1, 0.1], 1e-4);
});

test('the state belongs to the role, whatever the order of the updates', async () => {
  const results = [];
  for (const reversed of [false, true]) {
    const [a, b] = [tf.variable(tf.tensor1d([0])), tf.variable(tf.tensor1d([0]))];
    const state = adam({ learningRate: 0.1 }).create();
    for (const [first, second] of [
      [1, -5],
      [2, 0.1],
    ] as const) {
      const updates = [
        { role: 'a', variable: a, gradient: tf.tensor1d([first]) },
        { role: 'b', variable: b, gradient: tf.tensor1d([second]) },
      ];
      state.apply(reversed ? updates.reverse() : updates);
    }
    results.push([...(await a.data()), ...(await b.data())]);
  }
  expect(results[1]).toEqual(results[0]);
});

test('updates make no tensors beyond the two slots of a weight', () => {
  const variable = tf.variable(tf.tensor1d(start));
  const gradient = tf.ones([6]);
  const before = tf.memory().numTensors;
  const state = adam().create();
  for (let i = 0; i < 5; i++) state.apply([{ role: 'w', variable, gradient }]);
  expect(tf.memory().numTensors).toBe(before + 2);
  state.dispose();
  expect(tf.memory().numTensors).toBe(before);
});

test('bad settings are refused with the value', () => {
  expect(() => adam({ beta1: 1 })).toThrow('adam: beta1: must be a finite number of at least 0');
  expect(() => adam({ learningRate: Number.NaN })).toThrow('adam: learningRate');
  expect(() =>
    adam({ learningRate: () => Number.NaN })
      .create()
      .apply([{ role: 'w', variable: tf.variable(tf.zeros([1])), gradient: tf.ones([1]) }]),
  ).toThrow('learningRate: a schedule must return a finite number of at least 0, got NaN at update 0');
});

test('a backend that has a kernel for the update is left to it', async () => {
  const variable = tf.variable(tf.tensor1d([1, 2]));
  const state = adam({ learningRate: 0.1, beta1: 0.5, beta2: 0.99, epsilon: 1e-3 }).create();
  const calls: unknown[] = [];
  tf.registerKernel({
    kernelName: updateKernels.adam,
    backendName: 'cpu',
    kernelFunc: ({ inputs, attrs }) => {
      calls.push({ inputs: Object.keys(inputs), attrs });
      return [3, 4, 5].map((value) => tf.fill([2], value));
    },
  });
  try {
    state.apply([{ role: 'w', variable, gradient: tf.ones([2]) }]);
  } finally {
    tf.unregisterKernel(updateKernels.adam, 'cpu');
  }
  const rate = (0.1 * Math.sqrt(1 - 0.99)) / (1 - 0.5);
  expect(calls).toEqual([
    {
      inputs: ['weight', 'm', 'v', 'gradient'],
      attrs: { beta1: 0.5, beta2: 0.99, epsilon: 1e-3, rate: expect.closeTo(rate, 12) },
    },
  ]);
  const slots = ['m', 'v'].map((name) => state.slots.get(name)?.get('w'));
  expect([variable, ...slots].map((tensor) => [...(tensor?.dataSync() ?? [])])).toEqual([
    [3, 3],
    [4, 4],
    [5, 5],
  ]);
});
