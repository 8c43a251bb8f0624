import * as tf from '@tensorflow/tfjs-core';

/**
 * Bits of the numbers that the current backend computes with, measured: 16 where 1 + 2^-20 is 1, else 32.
 * tfjs's own `floatPrecision()` answers 16 on WebGL devices that have 32.
 */
export async function floatPrecision(): Promise<16 | 32> {
  const sum = tf.tidy(() => tf.sub(tf.add(tf.ones([256]), 2 ** -20), 1));
  const [difference = 0] = await sum.data();
  sum.dispose();
  return difference > 0 ? 32 : 16;
}
