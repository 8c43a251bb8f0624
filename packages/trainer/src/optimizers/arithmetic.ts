import { assertFinite } from '@eigengan/core';
import * as tf from '@tensorflow/tfjs-core';

/** Refuses what is no share that stays of an average or a step, in [0, 1). */
export function assertShare(where: string, value: unknown): asserts value is number {
  assertFinite(where, value, { min: 0, max: 1 - 2 ** -53 });
}

/** One step of an exponential average: `mean += rest * (value - mean)`, `rest` being 1 less its decay. */
export function moveTowards(mean: tf.Variable, value: tf.Tensor, rest: tf.Scalar): void {
  mean.assign(tf.add(mean, tf.mul(tf.sub(value, mean), rest)));
}
