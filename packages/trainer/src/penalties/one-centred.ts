import * as tf from '@tensorflow/tfjs-core';
import { type GradientPenaltyOptions, gradientPenalty, norm } from './gradient-penalty';
import type { PenaltyTerm } from './penalty-term';

/**
 * `E (||grad|| - 1)^2` (the official code's `1-gp`): on the line it is that of WGAN-GP (Gulrajani et al.
 * 2017), around the reals that of DRAGAN (Kodali et al. 2017).
 */
export function oneCentred(options: GradientPenaltyOptions): PenaltyTerm {
  return gradientPenalty('oneCentred', options, (squares) => tf.square(tf.sub(norm(squares), 1)));
}
