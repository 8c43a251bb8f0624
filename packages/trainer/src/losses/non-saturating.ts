import * as tf from '@tensorflow/tfjs-core';
import type { SeparableLoss } from './adversarial-loss';

/**
 * The non-saturating cross-entropy (Goodfellow et al. 2014; the official code's `gan`): D: `softplus(-r)`
 * and `softplus(f)`; G: `softplus(-f)`.
 */
export function nonSaturating(): SeparableLoss {
  return {
    name: 'nonSaturating',
    discriminator: (real, fake) => ({
      real: tf.mean(tf.softplus(tf.neg(real))),
      fake: tf.mean(tf.softplus(fake)),
    }),
    generator: (fake) => tf.mean(tf.softplus(tf.neg(fake))),
  };
}
