import * as tf from '@tensorflow/tfjs-core';
import type { SeparableLoss } from './adversarial-loss';

/**
 * The usual hinge loss (the official code's `hinge_v2`): D: `max(0, 1 - r)` and `max(0, 1 + f)`; G: `-f`.
 */
export function hinge(): SeparableLoss {
  return {
    name: 'hinge',
    discriminator: (real, fake) => ({
      real: tf.mean(tf.relu(tf.sub(1, real))),
      fake: tf.mean(tf.relu(tf.add(1, fake))),
    }),
    generator: (fake) => tf.neg(tf.mean<tf.Scalar>(fake)),
  };
}
