import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import { afterEach, beforeAll, expect, test } from 'vitest';
import { registerHalfBackend } from '../testing/half-backend';
import { tinyImages, tinyTrainer } from '../testing/tiny-gan';
import { floatPrecision } from './float-precision';

beforeAll(registerHalfBackend);
afterEach(() => tf.setBackend('cpu'));

test('the precision is that of the numbers, whatever the backend says of itself', async () => {
  const found: Record<string, number> = {};
  for (const name of ['cpu', 'wasm', 'half']) {
    await tf.setBackend(name);
    found[name] = await floatPrecision();
  }
  expect(found).toEqual({ cpu: 32, wasm: 32, half: 16 });
  expect(tf.backend().floatPrecision()).toBe(32);
});

test('training on 16 bits is refused before step 1, and leaves no tensor', async () => {
  await tf.setBackend('half');
  const trainer = tinyTrainer();
  const images = tinyImages(4);
  const before = tf.memory().numTensors;
  await expect(trainer.step(images)).rejects.toThrow(
    'Trainer: training needs numbers of 32 bits, got 16 on the backend half. Choose another backend, or pass halfPrecision: true',
  );
  expect(trainer.stepCount).toBe(0);
  expect(tf.memory().numTensors).toBe(before);
});

test('training on 16 bits happens when it is asked for', async () => {
  await tf.setBackend('half');
  const trainer = tinyTrainer({ halfPrecision: true });
  expect((await trainer.step(tinyImages(4))).step).toBe(1);
});
