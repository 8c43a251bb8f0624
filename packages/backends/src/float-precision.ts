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

/**
 * Makes the current backend itself tell the measured precision, as its `epsilon()` follows from it: 1e-7, or
 * 1e-4 with 16 bits, which would be far too much for Adam or a batch normalisation in 32.
 *
 * @returns The measured precision.
 */
export async function correctFloatPrecision(): Promise<16 | 32> {
  const precision = await floatPrecision();
  const backend = tf.backend();
  if (backend.floatPrecision() !== precision) backend.floatPrecision = () => precision;
  return precision;
}
