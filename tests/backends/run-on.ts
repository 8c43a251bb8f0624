import type { BackendName } from '@eigengan/backends';
import * as tf from '@tensorflow/tfjs-core';
import { expect } from 'vitest';

/** Runs something on a backend that `useBackend` has started: there and nowhere else, leaving nothing. */
export async function runOn<T>(backend: BackendName, run: () => Promise<T>): Promise<T> {
  await tf.setBackend(backend);
  const before = tensors();
  const result = await run();
  expect(tf.getBackend()).toBe(backend);
  expect(tensors()).toEqual(before);
  return result;
}

function tensors() {
  const { numTensors, numDataBuffers } = tf.memory();
  return { numTensors, numDataBuffers, held: tf.engine().backend.numDataIds() };
}
