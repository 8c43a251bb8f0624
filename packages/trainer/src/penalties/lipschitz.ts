import * as tf from '@tensorflow/tfjs-core';
import { type GradientPenaltyOptions, gradientPenalty, norm } from './gradient-penalty';
import type { PenaltyTerm } from './penalty-term';

/**
 * `E max(0, ||grad|| - 1)^2` (the official code's `lp`; Petzka et al. 2018): only norms above 1 cost
 * anything.
 */
export function lipschitz(options: GradientPenaltyOptions): PenaltyTerm {
  // relu, not maximum: the second-order gradient of maximum throws in tfjs 4.22.
  return gradientPenalty('lipschitz', options, (squares) => tf.square(tf.relu(tf.sub(norm(squares), 1))));
}
