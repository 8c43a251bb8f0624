import { assertFields, assertFinite } from '@eigengan/core';
import * as tf from '@tensorflow/tfjs-core';
import { assertLearningRate, type LearningRate } from '../schedules/learning-rate';
import { assertShare, moveTowards } from './arithmetic';
import type { Optimizer } from './optimizer';
import { slottedOptimizer } from './slotted-optimizer';

export interface RmspropOptions {
  /** At least 0, or a schedule of the 0-based update. */
  readonly learningRate: LearningRate;
  /** Share of the averages that stays at each update, in [0, 1). Default 0.9. */
  readonly decay?: number | undefined;
  /** Share of the previous step that is added, in [0, 1). Default 0: no slot is kept for it. */
  readonly momentum?: number | undefined;
  /** Added to the mean square, inside the root; above 0. Default 1e-7. */
  readonly epsilon?: number | undefined;
  /** Whether the gradient's variance is taken for its mean square, at the cost of a slot. Default false. */
  readonly centered?: boolean | undefined;
}

/**
 * RMSProp (Hinton's lecture 6e) as TensorFlow computes it, from mean squares of zero:
 * `s = decay * s + (1 - decay) * g^2; a = momentum * a + rate * g / sqrt(s + epsilon); w -= a`, and centred
 * (Graves, 2013) with `s - mean(g)^2` for `s`. (`tf.train.rmsprop` of TensorFlow.js subtracts epsilon when it
 * is centred, which gives NaN where a gradient is zero or stays the same.)
 */
export function rmsprop({
  learningRate,
  decay = 0.9,
  momentum = 0,
  epsilon = 1e-7,
  centered = false,
  ...others
}: RmspropOptions): Optimizer {
  assertFields('rmsprop', others, ['learningRate', 'decay', 'momentum', 'epsilon', 'centered']);
  assertLearningRate('rmsprop', learningRate);
  assertShare('rmsprop: decay', decay);
  assertShare('rmsprop: momentum', momentum);
  assertFinite('rmsprop: epsilon', epsilon, { exclusiveMin: 0 });
  return slottedOptimizer({
    kind: 'rmsprop',
    configuration: { decay, momentum, epsilon, centered },
    learningRate,
    slots: [
      'meanSquare',
      ...(momentum > 0 ? (['momentum'] as const) : []),
      ...(centered ? (['meanGradient'] as const) : []),
    ],
    products: {},
    update(weights, { rate }) {
      const [step, share] = [tf.scalar(rate), tf.scalar(momentum)];
      const [rest, small] = [tf.scalar(1 - decay), tf.scalar(epsilon)];
      for (const { variable, gradient, slot } of weights) {
        tf.tidy(() => {
          const meanSquare = slot('meanSquare');
          moveTowards(meanSquare, tf.square(gradient), rest);
          let square: tf.Tensor = meanSquare;
          if (centered) {
            const mean = slot('meanGradient');
            moveTowards(mean, gradient, rest);
            // A variance may be rounded to just below zero.
            square = tf.relu(tf.sub(meanSquare, tf.square(mean)));
          }
          let change = tf.div(tf.mul(step, gradient), tf.sqrt(tf.add(square, small)));
          if (momentum > 0) {
            const accumulated = slot('momentum');
            accumulated.assign(tf.add(tf.mul(share, accumulated), change));
            change = accumulated;
          }
          variable.assign(tf.sub(variable, change));
        });
      }
    },
  });
}
