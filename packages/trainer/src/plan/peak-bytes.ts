import * as tf from '@tensorflow/tfjs-core';

/** Runs `work` and says how many bytes tensors took at most, those that were there before included. */
export async function peakBytesOf(work: () => Promise<void>): Promise<number> {
  // Would read every result of every kernel.
  const flag = 'CHECK_COMPUTATION_FOR_ERRORS';
  const before = tf.env().getBool(flag);
  tf.env().set(flag, false);
  const here = tf.memory().numBytes;
  try {
    const { peakBytes } = await tf.profile(async () => {
      await work();
      return [];
    });
    return Math.max(here, peakBytes);
  } finally {
    tf.env().set(flag, before);
  }
}
