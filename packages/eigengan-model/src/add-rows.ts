import * as tf from '@tensorflow/tfjs-core';

/** How many rows values have; those of one row count for every row of the others. */
export function mostRows(values: readonly tf.Tensor[]): number {
  return Math.max(...values.map(({ shape: [count = 0] }) => count));
}

/** The sum; values of one row are added to every row of the others. */
export function addRows(values: readonly tf.Tensor[]): tf.Tensor {
  const rows = mostRows(values);
  return values
    .map((value) => (value.shape[0] === rows ? value : tf.reshape(value, value.shape.slice(1))))
    .reduce((sum, value) => tf.add(sum, value));
}
