import { argumentError } from '@eigengan/core';
import * as tf from '@tensorflow/tfjs-core';

/** How the vectors that are to be orthonormal lie in a weight of some shape. */
export interface ShorterSide {
  /** How many vectors. */
  readonly count: number;
  /** How long each is; at least `count`. */
  readonly length: number;
  /** Whether they are the columns of the flattened weight rather than its rows. */
  readonly columns: boolean;
}

/**
 * Which vectors of a weight can be orthonormal. The weight is read as a matrix, all axes but the last
 * flattened into rows (as Keras's `Orthogonal` does), and the vectors run along its longer side: the rows of
 * `[rank, units]`, the columns of a dense kernel `[in, out]` with in > out and its rows otherwise, the
 * filters of a convolution kernel `[height, width, in, out]` with height * width * in > out.
 *
 * @throws ArgumentError when the shape is a scalar's, or an axis is unknown or empty
 */
export function shorterSide(where: string, shape: readonly (number | null)[]): ShorterSide {
  const sizes = shape.map((size) => size ?? 0);
  if (sizes.length === 0 || sizes.some((size) => size < 1)) {
    throw argumentError(where, 'needs a weight with at least one axis, all known and not empty', shape);
  }
  const columns = sizes[sizes.length - 1] ?? 1;
  const rows = sizes.slice(0, -1).reduce((product, size) => product * size, 1);
  return rows <= columns
    ? { count: rows, length: columns, columns: false }
    : { count: columns, length: rows, columns: true };
}

/** The vectors of a weight as the rows of a matrix `[count, length]`. */
export function toRows(weight: tf.Tensor, side: ShorterSide): tf.Tensor2D {
  if (!side.columns) return tf.reshape(weight, [side.count, side.length]);
  return tf.transpose(tf.reshape(weight, [side.length, side.count]));
}

/** The weight of `shape` whose vectors are `rows`; undoes `toRows`. */
export function fromRows(rows: tf.Tensor2D, side: ShorterSide, shape: number[]): tf.Tensor {
  return tf.reshape(side.columns ? tf.transpose(rows) : rows, shape);
}
