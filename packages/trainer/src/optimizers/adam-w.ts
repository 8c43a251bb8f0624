import { assertFinite } from '@eigengan/core';
import * as tf from '@tensorflow/tfjs-core';
import { type AdamOptions, adamRule } from './adam';
import { isKernel } from './kernels';
import type { Optimizer } from './optimizer';
import { slottedOptimizer } from './slotted-optimizer';

export interface AdamWOptions extends AdamOptions {
  /** Share of a kernel, times the learning rate, that each update takes off it; at least 0. Default 0.01. */
  readonly weightDecay?: number | undefined;
}

/**
 * Adam with decoupled weight decay (Loshchilov & Hutter, 2019, algorithm 2; as Keras and PyTorch have it):
 * `w -= rate * weightDecay * w`, the rate as scheduled, and then Adam's update, whose moments know nothing of
 * the decay. Kernels only: biases, norms, bases, importances and origins stay undecayed. Keeps what Adam
 * keeps. (For decay through the gradients, as the official code has it: `decayed`.)
 */
export function adamW({ weightDecay = 0.01, ...options }: AdamWOptions = {}): Optimizer {
  assertFinite('adamW: weightDecay', weightDecay, { min: 0 });
  const adam = adamRule('adamW', options);
  return slottedOptimizer({
    ...adam,
    configuration: { ...adam.configuration, weightDecay },
    update(weights, now) {
      const share = tf.scalar(now.rate * weightDecay);
      for (const { variable } of weights.filter(({ role }) => isKernel(role))) {
        tf.tidy(() => variable.assign(tf.sub(variable, tf.mul(share, variable))));
      }
      adam.update(weights, now);
    },
  });
}
