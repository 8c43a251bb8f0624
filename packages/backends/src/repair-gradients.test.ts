import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-wasm';
import * as tfl from '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, test } from 'vitest';
import { registerWasmKernels, repairGradients } from './index';

type Unary = (x: tf.Tensor) => tf.Tensor;

const alphas = () => tf.tensor1d([0.1, 0.3, -0.4]);
const repaired: readonly (readonly [string, Unary])[] = [
  ['leakyRelu', (x) => tf.leakyRelu(x, 0.2)],
  ['prelu', (x) => tf.prelu(x, alphas())],
  ['elu', (x) => tf.elu(x)],
  ['exp', (x) => tf.exp(x)],
  ['sigmoid', (x) => tf.sigmoid(x)],
  ['tanh', (x) => tf.tanh(x)],
  ['softmax', (x) => tf.softmax(x)],
  ['swish', (x) => tf.mul(x, tf.sigmoid(x))],
];

const values = [-1.3, 0.7, -0.45, 1.1, 0.35, -0.8];
const point = () => tf.tensor2d(values, [2, 3]);
const mixing = () => tf.tensor2d([0.6, -0.3, 0.8, -0.5, 0.9, 0.4, 0.7, 0.2, -0.6], [3, 3]);

/** The gradients of `f` at `x` by central differences. */
function differences(f: (x: tf.Tensor) => tf.Tensor, x: readonly number[], shape: number[], step = 0.01) {
  return x.map((_, i) => {
    const at = (delta: number) =>
      tf.tidy(() =>
        Number(
          f(
            tf.tensor(
              x.map((v, k) => (k === i ? v + delta : v)),
              shape,
            ),
          ).dataSync()[0],
        ),
      );
    return (at(step) - at(-step)) / (2 * step);
  });
}

function expectClose(actual: ArrayLike<number>, expected: ArrayLike<number>, tolerance: number) {
  expect(actual.length).toBe(expected.length);
  const scale = Math.max(...Array.from(expected, Math.abs));
  for (let i = 0; i < expected.length; i++) {
    expect(Math.abs(Number(actual[i]) - Number(expected[i])) / scale).toBeLessThan(tolerance);
  }
}

// Before any repair, as stock tfjs computes them.
const stock = new Map<string, Float32Array>();

beforeAll(async () => {
  await tf.setBackend('cpu');
  for (const [name, f] of repaired) {
    const gradient = tf.grad((x) => tf.sum(tf.square(f(x))))(point());
    stock.set(name, Float32Array.from(gradient.dataSync()));
  }
  repairGradients();
  repairGradients();
  registerWasmKernels();
});

describe.each(['cpu', 'wasm'])('repaired gradients on %s', (backend) => {
  beforeAll(async () => {
    await tf.setBackend(backend);
  });

  test.each(repaired)('%s: the first order is what stock tfjs gives', (name, f) => {
    const gradient = tf.grad((x) => tf.sum(tf.square(f(x))))(point());
    expectClose(gradient.dataSync(), stock.get(name) as Float32Array, 1e-6);
  });

  test.each(repaired)('%s: a penalty on its gradient agrees with finite differences', (_, f) => {
    const critic: Unary = (x) => tf.sum(tf.square(f(tf.matMul(f(x), mixing()))));
    const penalty: Unary = (x) => tf.sum(tf.square(tf.grad(critic)(x)));
    expectClose(tf.grad(penalty)(point()).dataSync(), differences(penalty, values, [2, 3]), 5e-3);
  });

  test('prelu: the penalty gradient in alpha agrees with finite differences', () => {
    const penalty: Unary = (alpha) =>
      tf.sum(tf.square(tf.grad((x) => tf.sum(tf.square(tf.prelu(x, alpha))))(point())));
    const start = [0.1, 0.3, -0.4];
    expectClose(tf.grad(penalty)(tf.tensor1d(start)).dataSync(), differences(penalty, start, [3]), 5e-3);
  });

  test('stock tf.layers.leakyReLU trains under R1 through a convolution', () => {
    const layer = tfl.layers.leakyReLU({ alpha: 0.2 });
    const images = tf.randomNormal([2, 5, 5, 3], 0, 1, 'float32', 1);
    const start = Array.from(tf.randomNormal([3 * 3 * 3 * 4], 0, 1, 'float32', 2).dataSync());
    const penalty: Unary = (w) =>
      tf.sum(
        tf.square(
          tf.grad((x) =>
            tf.sum(
              tf.square(layer.apply(tf.conv2d(x as tf.Tensor4D, w as tf.Tensor4D, 2, 'same')) as tf.Tensor),
            ),
          )(images),
        ),
      );
    const w = tf.tensor4d(start, [3, 3, 3, 4]);
    expectClose(tf.grad(penalty)(w).dataSync(), differences(penalty, start, [3, 3, 3, 4], 1e-3), 2e-2);
  });

  test('no tensor is left behind', () => {
    tf.tidy(() => {
      const before = tf.memory().numTensors;
      for (const [, f] of repaired) {
        const x = point();
        const penalty: Unary = (v) => tf.sum(tf.square(tf.grad((u) => tf.sum(tf.square(f(u))))(v)));
        tf.dispose([tf.tidy(() => tf.grad(penalty)(x)), x]);
      }
      expect(tf.memory().numTensors).toBe(before);
    });
  });
});
