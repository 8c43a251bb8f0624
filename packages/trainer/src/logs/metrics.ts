import { argumentError } from '@eigengan/core';
import * as tf from '@tensorflow/tfjs-core';
import type { Log } from './scalar-log';

/** Name -> what computes it: more numbers for each step's log. */
export type Metrics = Readonly<Record<string, () => tf.Tensor>>;

/** What a step reports itself. */
const reserved = [
  'step',
  'images',
  'd_loss',
  'd_real',
  'd_fake',
  'g_loss',
  'penalty',
  'penalty_evaluated',
  'd_regularization',
  'g_regularization',
  'd_learning_rate',
  'g_learning_rate',
];

/** @throws ArgumentError when a metric is no function, or would hide what a step reports itself */
export function checkMetrics(metrics: Metrics): void {
  for (const [name, compute] of Object.entries(metrics)) {
    if (reserved.includes(name) || /^(penalty\/|augment_)/.test(name)) {
      throw argumentError(
        'Trainer: metrics',
        `must not be called ${reserved.join(', ')} penalty/... or augment_...`,
        name,
      );
    }
    if (typeof compute !== 'function') {
      throw argumentError(`Trainer: metric ${name}`, 'must be a function that gives a tensor', compute);
    }
  }
}

/** @throws ArgumentError when a metric is not one number */
export function addMetrics(metrics: Metrics, log: Log): void {
  for (const [name, compute] of Object.entries(metrics)) {
    tf.tidy(() => {
      const value: unknown = compute();
      if (!(value instanceof tf.Tensor)) {
        throw argumentError(`Trainer: metric ${name}`, 'must give a tensor', value);
      }
      if (value.size !== 1) {
        throw argumentError(`Trainer: metric ${name}`, 'must give one element', value.shape);
      }
      log.add(name, value);
    });
  }
}
