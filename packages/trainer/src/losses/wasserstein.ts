import * as tf from '@tensorflow/tfjs-core';
import type { SeparableLoss } from './adversarial-loss';

/**
 * Wasserstein (Arjovsky et al. 2017; the official code's `wgan`): D: `-r` and `f`; G: `-f`. Needs a gradient
 * penalty.
 */
export function wasserstein(): SeparableLoss {
  return {
    name: 'wasserstein',
    discriminator: (real, fake) => ({ real: tf.neg(tf.mean<tf.Scalar>(real)), fake: tf.mean(fake) }),
    generator: (fake) => tf.neg(tf.mean<tf.Scalar>(fake)),
  };
}
