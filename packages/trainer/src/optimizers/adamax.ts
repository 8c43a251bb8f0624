import { assertFields, assertFinite } from '@eigengan/core';
import * as tf from '@tensorflow/tfjs-core';
import { assertLearningRate, type LearningRate } from '../schedules/learning-rate';
import { assertShare, moveTowards } from './arithmetic';
import type { Optimizer } from './optimizer';
import { slottedOptimizer } from './slotted-optimizer';

export interface AdamaxOptions {
  /** At least 0, or a schedule of the 0-based update. Default 0.002. */
  readonly learningRate?: LearningRate | undefined;
  /** Decay of the first moment, in [0, 1). Default 0.9. */
  readonly beta1?: number | undefined;
  /** Decay of the largest gradient, in [0, 1). Default 0.999. */
  readonly beta2?: number | undefined;
  /** Added to the largest gradient; above 0. Default 1e-7. */
  readonly epsilon?: number | undefined;
}

/**
 * Adamax (Kingma & Ba, 2015, section 7.1) as `tf.train.adamax` and TensorFlow compute it:
 * `m = beta1 * m + (1 - beta1) * g; u = max(beta2 * u, |g|)`,
 * `w -= rate / (1 - beta1^t) * m / (u + epsilon)`.
 */
export function adamax({
  learningRate = 2e-3,
  beta1 = 0.9,
  beta2 = 0.999,
  epsilon = 1e-7,
  ...others
}: AdamaxOptions = {}): Optimizer {
  assertFields('adamax', others, ['learningRate', 'beta1', 'beta2', 'epsilon']);
  assertLearningRate('adamax', learningRate);
  assertShare('adamax: beta1', beta1);
  assertShare('adamax: beta2', beta2);
  assertFinite('adamax: epsilon', epsilon, { exclusiveMin: 0 });
  return slottedOptimizer({
    kind: 'adamax',
    configuration: { beta1, beta2, epsilon },
    learningRate,
    slots: ['m', 'u'],
    products: { beta1Product: beta1 },
    update(weights, { rate, product }) {
      const step = tf.scalar(rate / (1 - product('beta1Product')));
      const [rest, keep, small] = [tf.scalar(1 - beta1), tf.scalar(beta2), tf.scalar(epsilon)];
      for (const { variable, gradient, slot } of weights) {
        tf.tidy(() => {
          const [m, u] = [slot('m'), slot('u')];
          moveTowards(m, gradient, rest);
          u.assign(tf.maximum(tf.mul(keep, u), tf.abs(gradient)));
          variable.assign(tf.sub(variable, tf.mul(step, tf.div(m, tf.add(u, small)))));
        });
      }
    },
  });
}
