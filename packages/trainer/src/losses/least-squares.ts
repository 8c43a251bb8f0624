import * as tf from '@tensorflow/tfjs-core';
import type { SeparableLoss } from './adversarial-loss';

/**
 * Least squares (Mao et al. 2017; the official code's `lsgan`): D: `(r - 1)^2` and `f^2`; G: `(f - 1)^2`.
 */
export function leastSquares(): SeparableLoss {
  return {
    name: 'leastSquares',
    discriminator: (real, fake) => ({
      real: tf.mean(tf.square(tf.sub(real, 1))),
      fake: tf.mean(tf.square(fake)),
    }),
    generator: (fake) => tf.mean(tf.square(tf.sub(fake, 1))),
  };
}
