import * as tf from '@tensorflow/tfjs-core';
import type { SeparableLoss } from './adversarial-loss';
import { nonSaturating } from './non-saturating';

/**
 * The two-player game of the first GAN (Goodfellow et al. 2014, equation 1): D as in `nonSaturating`; G
 * minimises `log(1 - sigmoid(f)) = -softplus(f)`, whose gradient vanishes while D is sure of its fakes.
 */
export function minimax(): SeparableLoss {
  return {
    ...nonSaturating(),
    name: 'minimax',
    generator: (fake) => tf.neg(tf.mean<tf.Scalar>(tf.softplus(fake))),
  };
}
