import { TrainingError } from '@eigengan/core';
import * as tf from '@tensorflow/tfjs-core';

/**
 * Bits of the numbers that the current backend computes with, measured: 16 where 1 + 2^-20 is 1, else 32.
 * tfjs's own `floatPrecision()` answers 16 on WebGL devices that have 32.
 */
export async function floatPrecision(): Promise<16 | 32> {
  // As many, because up to 1,000 elements are computed on the CPU.
  const sum = tf.tidy(() => tf.sub(tf.add(tf.ones([2048]), 2 ** -20), 1));
  try {
    const [difference = 0] = await sum.data();
    return difference > 0 ? 32 : 16;
  } finally {
    sum.dispose();
  }
}

const usualHint = 'Choose another backend, or pass halfPrecision: true to train on them all the same';

/** @throws TrainingError when the backend computes with 16 bits */
export async function assertFullPrecision(hint = usualHint): Promise<void> {
  const bits = await floatPrecision();
  if (bits === 32) return;
  throw new TrainingError(
    `Trainer: training needs numbers of 32 bits, got ${bits} on the backend ${tf.getBackend()}`,
    { hint },
  );
}
