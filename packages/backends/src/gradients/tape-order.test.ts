import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import { beforeAll, expect, test } from 'vitest';
import { repairGradients } from '../repair-gradients';
import { orderTape } from './tape-order';

/** exp(2x), whose gradient 2 dy y uses the saved result, as users of tf.customGrad write it. */
const exponential = tf.customGrad((x, save) => {
  const y = tf.exp(tf.mul(2, x as tf.Tensor));
  (save as tf.GradSaveFunc)([y]);
  return { value: y, gradFunc: (dy, [saved]) => tf.mul(tf.mul(2, dy), saved as tf.Tensor) };
});

beforeAll(async () => {
  await tf.setBackend('cpu');
  repairGradients();
});

test('a custom gradient that saves its result is right at second and third order', () => {
  const first = (x: tf.Tensor) => tf.grad((v) => tf.sum(exponential(v)))(x);
  const second = (x: tf.Tensor) => tf.grad((v) => tf.sum(first(v)))(x);
  const third = tf.grad((v) => tf.sum(second(v)));
  const at = 0.3;
  expect(first(tf.scalar(at)).dataSync()[0]).toBeCloseTo(2 * Math.exp(2 * at), 4);
  expect(second(tf.scalar(at)).dataSync()[0]).toBeCloseTo(4 * Math.exp(2 * at), 4);
  expect(third(tf.scalar(at)).dataSync()[0]).toBeCloseTo(8 * Math.exp(2 * at), 4);
});

test('is put in place once', () => {
  const before: unknown = Reflect.get(tf.engine(), 'addTapeNode');
  expect(orderTape()).toBe(true);
  expect(Reflect.get(tf.engine(), 'addTapeNode')).toBe(before);
});

test('leaves no tensor behind', () => {
  const x = tf.tensor1d([0.1, 0.2]);
  const before = tf.memory().numTensors;
  const penalty = (v: tf.Tensor) => tf.sum(tf.square(tf.grad((u) => tf.sum(tf.logSoftmax(u)))(v)));
  tf.dispose(tf.tidy(() => tf.grad(penalty)(x)));
  expect(tf.memory().numTensors).toBe(before);
});
