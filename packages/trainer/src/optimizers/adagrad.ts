import { assertFields, assertFinite } from '@eigengan/core';
import * as tf from '@tensorflow/tfjs-core';
import { assertLearningRate, type LearningRate } from '../schedules/learning-rate';
import type { Optimizer } from './optimizer';
import { slottedOptimizer } from './slotted-optimizer';

export interface AdagradOptions {
  /** At least 0, or a schedule of the 0-based update. */
  readonly learningRate: LearningRate;
  /** What the sum of squares starts at; at least 0. Default 0.1. */
  readonly initialAccumulator?: number | undefined;
  /** Added to the sum of squares, inside the root; above 0. Default 1e-7. */
  readonly epsilon?: number | undefined;
}

/**
 * AdaGrad (Duchi et al., 2011) as `tf.train.adagrad` and TensorFlow compute it:
 * `s += g^2; w -= rate * g / sqrt(initialAccumulator + s + epsilon)`.
 */
export function adagrad({
  learningRate,
  initialAccumulator = 0.1,
  epsilon = 1e-7,
  ...others
}: AdagradOptions): Optimizer {
  assertFields('adagrad', others, ['learningRate', 'initialAccumulator', 'epsilon']);
  assertLearningRate('adagrad', learningRate);
  assertFinite('adagrad: initialAccumulator', initialAccumulator, { min: 0 });
  assertFinite('adagrad: epsilon', epsilon, { exclusiveMin: 0 });
  return slottedOptimizer({
    kind: 'adagrad',
    configuration: { initialAccumulator, epsilon },
    learningRate,
    slots: ['squares'],
    products: {},
    update(weights, { rate }) {
      const [step, start] = [tf.scalar(rate), tf.scalar(initialAccumulator + epsilon)];
      for (const { variable, gradient, slot } of weights) {
        tf.tidy(() => {
          const squares = slot('squares');
          squares.assign(tf.add(squares, tf.square(gradient)));
          const root = tf.sqrt(tf.add(squares, start));
          variable.assign(tf.sub(variable, tf.mul(step, tf.div(gradient, root))));
        });
      }
    },
  });
}
