import { type AdamKernelAttributes, assertFields, assertFinite, updateKernels } from '@eigengan/core';
import * as tf from '@tensorflow/tfjs-core';
import { assertLearningRate, type LearningRate } from '../schedules/learning-rate';
import { assertShare, moveTowards } from './arithmetic';
import type { Optimizer } from './optimizer';
import { type SlottedUpdate, slottedOptimizer, type UpdateRule } from './slotted-optimizer';
import { updatedByKernel } from './update-kernel';

export interface AdamOptions {
  /** At least 0, or a schedule of the 0-based update. Default 1e-4, the official value. */
  readonly learningRate?: LearningRate | undefined;
  /** Decay of the first moment, in [0, 1). Default 0.5, the official value. */
  readonly beta1?: number | undefined;
  /** Decay of the second moment, in [0, 1). Default 0.999. */
  readonly beta2?: number | undefined;
  /** Added to the root of the second moment, before any correction; above 0. Default 1e-8. */
  readonly epsilon?: number | undefined;
}

type AdamWeight = SlottedUpdate<'m' | 'v'>;

/**
 * Adam as TensorFlow computes it (`tf.compat.v1.train.AdamOptimizer`): the rate is corrected,
 * `rate * sqrt(1 - beta2^t) / (1 - beta1^t)`, the moments are not, and epsilon stands outside the root.
 * (`tf.train.adam` of TensorFlow.js divides the moments instead, so its epsilon weighs more at first.)
 */
export function adam(options: AdamOptions = {}): Optimizer {
  return slottedOptimizer(adamRule('adam', options));
}

/** Adam's rule, for `kind`, which is the name in errors too. */
export function adamRule(
  kind: string,
  { learningRate = 1e-4, beta1 = 0.5, beta2 = 0.999, epsilon = 1e-8, ...others }: AdamOptions,
): UpdateRule<'m' | 'v', 'beta1Product' | 'beta2Product'> {
  assertFields(kind, others, ['learningRate', 'beta1', 'beta2', 'epsilon']);
  assertLearningRate(kind, learningRate);
  assertShare(`${kind}: beta1`, beta1);
  assertShare(`${kind}: beta2`, beta2);
  assertFinite(`${kind}: epsilon`, epsilon, { exclusiveMin: 0 });
  return {
    kind,
    configuration: { beta1, beta2, epsilon },
    learningRate,
    slots: ['m', 'v'],
    products: { beta1Product: beta1, beta2Product: beta2 },
    update(weights, now) {
      const rate =
        (now.rate * Math.sqrt(1 - now.product('beta2Product'))) / (1 - now.product('beta1Product'));
      const attributes = { beta1, beta2, epsilon, rate };
      const composed = weights.filter((weight) => !byKernel(weight, attributes));
      if (composed.length > 0) compose(composed, attributes);
    },
  };
}

/** One pass over a weight, where the backend has a kernel for it; else nothing, and false. */
function byKernel({ variable, gradient, slot }: AdamWeight, attributes: AdamKernelAttributes): boolean {
  const [m, v] = [slot('m'), slot('v')];
  const inputs = { weight: variable, m, v, gradient };
  return updatedByKernel(updateKernels.adam, inputs, attributes, [variable, m, v]);
}

/** What the kernel does, by operations of TensorFlow.js. */
function compose(weights: readonly AdamWeight[], attributes: AdamKernelAttributes): void {
  // Made once for all weights: an operation given a plain number makes a tensor of it each time.
  const rest1 = tf.scalar(1 - attributes.beta1);
  const rest2 = tf.scalar(1 - attributes.beta2);
  const epsilon = tf.scalar(attributes.epsilon);
  const step = tf.scalar(attributes.rate);
  for (const { variable, gradient, slot } of weights) {
    tf.tidy(() => {
      const [m, v] = [slot('m'), slot('v')];
      if (attributes.beta1 === 0) m.assign(gradient);
      else moveTowards(m, gradient, rest1);
      moveTowards(v, tf.square(gradient), rest2);
      variable.assign(tf.sub(variable, tf.mul(step, tf.div(m, tf.add(tf.sqrt(v), epsilon)))));
    });
  }
}
