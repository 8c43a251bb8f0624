import { assertOneOf } from '@eigengan/core';
import * as tf from '@tensorflow/tfjs-core';
import type { AdversarialLoss } from './adversarial-loss';

/** What a pair costs by the lead of the one that shall be ahead. */
const costs = {
  crossEntropy: (lead: tf.Tensor) => tf.softplus(tf.neg(lead)),
  hinge: (lead: tf.Tensor) => tf.relu(tf.sub(1, lead)),
  leastSquares: (lead: tf.Tensor) => tf.square(tf.sub(lead, 1)),
} as const;

/** How a relativistic loss counts a pair; d is the lead of the one that shall be ahead. */
export type RelativisticCost = keyof typeof costs;

export interface RelativisticPairedOptions {
  /**
   * `crossEntropy`: `softplus(-d)` (RpGAN); `hinge`: `max(0, 1 - d)` (RpHinge); `leastSquares`: `(d - 1)^2`
   * (RpLSGAN). Default `crossEntropy`.
   */
  readonly cost?: RelativisticCost | undefined;
}

/**
 * Each real image against one fake (Jolicoeur-Martineau 2018, "The relativistic discriminator"; the loss of
 * R3GAN, Huang et al. 2024, there with R1 and R2): D: `softplus(-(r - f))`; G: `softplus(-(f - r))`. G's
 * update has D judge this step's reals too.
 *
 * @throws ArgumentError naming the nearest cost when there is none of that name
 */
export function relativisticPaired({
  cost = 'crossEntropy',
}: RelativisticPairedOptions = {}): AdversarialLoss {
  assertOneOf('relativisticPaired: cost', cost, ['crossEntropy', 'hinge', 'leastSquares']);
  const mean = (ahead: tf.Tensor, behind: tf.Tensor) =>
    tf.mean<tf.Scalar>(costs[cost](tf.sub(ahead, behind)));
  return {
    name: `relativisticPaired(${cost})`,
    discriminator: (real, fake) => mean(real, fake),
    generator: (fake, realLogits) => mean(fake, realLogits()),
  };
}
