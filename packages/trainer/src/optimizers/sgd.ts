import { argumentError, assertFields } from '@eigengan/core';
import * as tf from '@tensorflow/tfjs-core';
import { assertLearningRate, type LearningRate } from '../schedules/learning-rate';
import { assertShare } from './arithmetic';
import type { Optimizer } from './optimizer';
import { slottedOptimizer } from './slotted-optimizer';

export interface SgdOptions {
  /** At least 0, or a schedule of the 0-based update. */
  readonly learningRate: LearningRate;
  /** Share of the previous step that is added, in [0, 1). Default 0: no slot is kept. */
  readonly momentum?: number | undefined;
  /** Whether the step looks ahead (Nesterov); needs a momentum. Default false. */
  readonly nesterov?: boolean | undefined;
}

/**
 * Gradient descent, `w -= rate * g`; with momentum as `tf.train.momentum` and TensorFlow have it,
 * `a = momentum * a + g; w -= rate * a`, Nesterov's `w -= rate * (g + momentum * a)`
 * (Sutskever et al., 2013).
 */
export function sgd({ learningRate, momentum = 0, nesterov = false, ...others }: SgdOptions): Optimizer {
  assertFields('sgd', others, ['learningRate', 'momentum', 'nesterov']);
  assertLearningRate('sgd', learningRate);
  assertShare('sgd: momentum', momentum);
  if (nesterov && momentum === 0) throw argumentError('sgd: nesterov', 'needs a momentum above 0', momentum);
  return slottedOptimizer({
    kind: 'sgd',
    configuration: { momentum, nesterov },
    learningRate,
    slots: momentum === 0 ? [] : ['momentum'],
    products: {},
    update(weights, { rate }) {
      const [step, share] = [tf.scalar(rate), tf.scalar(momentum)];
      for (const { variable, gradient, slot } of weights) {
        tf.tidy(() => {
          let direction = gradient;
          if (momentum > 0) {
            const accumulated = slot('momentum');
            accumulated.assign(tf.add(tf.mul(share, accumulated), gradient));
            direction = nesterov ? tf.add(gradient, tf.mul(share, accumulated)) : accumulated;
          }
          variable.assign(tf.sub(variable, tf.mul(step, direction)));
        });
      }
    },
  });
}
