import * as tf from '@tensorflow/tfjs-core';

/** `matrix` [rows, columns] with one column exchanged, the others copied bit for bit. */
export function replaceColumn(matrix: tf.Tensor2D, column: number, values: readonly number[]): tf.Tensor2D {
  const [rows, columns] = matrix.shape;
  const parts = [
    tf.slice(matrix, [0, 0], [rows, column]),
    tf.tensor2d([...values], [rows, 1]),
    tf.slice(matrix, [0, column + 1], [rows, columns - column - 1]),
  ];
  return tf.concat(
    parts.filter((part) => part.size > 0),
    1,
  );
}
