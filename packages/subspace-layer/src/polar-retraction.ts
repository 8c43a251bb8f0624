import { fillNormal, seededStream } from '@eigengan/core';
import * as tf from '@tensorflow/tfjs-core';
import { orthonormalizeRows } from './orthonormalize-rows';

/**
 * The orthonormal rows nearest to `rows` in the Frobenius norm: the polar factor `(B B^T)^{-1/2} B`, to
 * float32 precision near the manifold and to about 1e-4 where the singular values differ by 100.
 *
 * A fifth-order Newton-Schulz iteration on the small Gram matrix; the long rows are multiplied once a round,
 * and the last round starts from a fresh Gram matrix, so that rounding does not add up. Every round always
 * runs: to stop early would take a value from the device. Seven products with the long rows, 96 of
 * [count, count] matrices.
 *
 * Rows that (almost) depend on each other have no unique nearest set; the directions they lack are filled
 * in from fixed random ones, so that every finite input, zeros included, gives orthonormal rows.
 *
 * @param rows [count, length], count at most length
 */
export function polarRetraction(rows: tf.Tensor2D): tf.Tensor2D {
  return tf.tidy(() => {
    // Keeps the squares in range.
    const scaled: tf.Tensor2D = tf.div(rows, tf.add(tf.max(tf.abs(rows)), tiny));
    const isometry = newtonSchulz(scaled, 11);
    const complete: tf.Tensor2D = tf.add(isometry, missingDirections(isometry));
    return newtonSchulz(newtonSchulz(complete, 12), 1);
  });
}

/** Added to divisors that can be zero; its square root is a normal float32 too. */
const tiny = 1e-30;

/**
 * Moves every singular value towards 1: one of s becomes `(15 s - 10 s^3 + 3 s^5) / 8` each iteration, so that
 * small ones grow by 1.875 and an error of e near 1 becomes about 2.5 e^3.
 */
function newtonSchulz(x: tf.Tensor2D, iterations: number): tf.Tensor2D {
  const identity = tf.eye(x.shape[0]);
  let gram: tf.Tensor2D = tf.matMul(x, x, false, true);
  // The greatest row sum bounds the greatest eigenvalue, and is 1 where the rows are orthonormal already.
  const bound = tf.add(tf.max(tf.sum(tf.abs(gram), 1)), tiny);
  gram = tf.div(gram, bound);
  let product: tf.Tensor2D = tf.div(identity, tf.sqrt(bound));
  for (let i = 0; i < iterations; i++) {
    const linear = tf.sub(tf.mul(identity, 15 / 8), tf.mul(gram, 10 / 8));
    const factor: tf.Tensor2D = tf.add(linear, tf.mul(tf.matMul(gram, gram), 3 / 8));
    product = tf.matMul(factor, product);
    gram = tf.matMul(tf.matMul(factor, gram), factor);
  }
  return tf.matMul(product, x);
}

/** For each direction among the rows of `x` that is zero a random one of its own; about 0 where none is. */
function missingDirections(x: tf.Tensor2D): tf.Tensor2D {
  const [count, length] = x.shape;
  const stream = seededStream(0, 'polar');
  const random = Float64Array.from(fillNormal(stream, new Float32Array(count * count)));
  orthonormalizeRows(random, count, stream);
  const missing = tf.sub(tf.eye(count), tf.matMul(x, x, false, true));
  const directions: tf.Tensor2D = tf.matMul(missing, tf.tensor2d(Float32Array.from(random), [count, count]));
  return tf.pad(directions, [
    [0, 0],
    [0, length - count],
  ]);
}
