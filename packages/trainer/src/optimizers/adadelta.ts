import { assertFields, assertFinite } from '@eigengan/core';
import * as tf from '@tensorflow/tfjs-core';
import { assertLearningRate, type LearningRate } from '../schedules/learning-rate';
import { assertShare, moveTowards } from './arithmetic';
import type { Optimizer } from './optimizer';
import { slottedOptimizer } from './slotted-optimizer';

export interface AdadeltaOptions {
  /** At least 0, or a schedule of the 0-based update. Default 0.001; 1 is the paper's algorithm. */
  readonly learningRate?: LearningRate | undefined;
  /** Share of the averages that stays at each update, in [0, 1). Default 0.95. */
  readonly rho?: number | undefined;
  /** Added to both averages, inside the roots; above 0. Default 1e-7. */
  readonly epsilon?: number | undefined;
}

/**
 * AdaDelta (Zeiler, 2012, algorithm 1) as TensorFlow computes it: `s = rho * s + (1 - rho) * g^2`,
 * `d = g * sqrt(u + epsilon) / sqrt(s + epsilon)`, `u = rho * u + (1 - rho) * d^2`, `w -= rate * d`.
 * (`tf.train.adadelta` of TensorFlow.js divides by the s of the update before, so that its first step is the
 * whole gradient.)
 */
export function adadelta({
  learningRate = 1e-3,
  rho = 0.95,
  epsilon = 1e-7,
  ...others
}: AdadeltaOptions = {}): Optimizer {
  assertFields('adadelta', others, ['learningRate', 'rho', 'epsilon']);
  assertLearningRate('adadelta', learningRate);
  assertShare('adadelta: rho', rho);
  assertFinite('adadelta: epsilon', epsilon, { exclusiveMin: 0 });
  return slottedOptimizer({
    kind: 'adadelta',
    configuration: { rho, epsilon },
    learningRate,
    slots: ['meanSquare', 'meanSquareStep'],
    products: {},
    update(weights, { rate }) {
      const [step, rest, small] = [tf.scalar(rate), tf.scalar(1 - rho), tf.scalar(epsilon)];
      const root = (mean: tf.Tensor) => tf.sqrt(tf.add(mean, small));
      for (const { variable, gradient, slot } of weights) {
        tf.tidy(() => {
          const [squares, steps] = [slot('meanSquare'), slot('meanSquareStep')];
          moveTowards(squares, tf.square(gradient), rest);
          const direction = tf.mul(tf.div(root(steps), root(squares)), gradient);
          moveTowards(steps, tf.square(direction), rest);
          variable.assign(tf.sub(variable, tf.mul(step, direction)));
        });
      }
    },
  });
}
