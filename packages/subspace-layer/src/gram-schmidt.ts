import * as tf from '@tensorflow/tfjs-core';

/** Inside the root, so that a vector of zeros has a finite gradient. */
const epsilon = 1e-20;

/**
 * The rows of `vectors`, orthonormalised in order: row 0 keeps its direction, each later row loses what lies
 * along those before it. Gradients of first and second order pass through (`tf.linalg.qr` has none that
 * works). Each row is projected twice, which keeps it orthogonal to float32 precision where rows almost
 * depend on each other and is the identity otherwise. A row of zeros stays zero.
 *
 * It is the official code's mode with Gram-Schmidt in the forward pass, there over the columns of U.
 *
 * @param vectors [count, length], count at most length
 */
export function gramSchmidt(vectors: tf.Tensor2D): tf.Tensor2D {
  return tf.tidy(() => {
    const [count, length] = vectors.shape;
    let basis: tf.Tensor2D | undefined;
    for (let i = 0; i < count; i++) {
      let row = tf.slice(vectors, [i, 0], [1, length]);
      if (basis !== undefined) {
        row = withoutProjection(row, basis);
        row = withoutProjection(row, basis);
      }
      const norm = tf.sqrt(tf.add(tf.sum(tf.square(row)), epsilon));
      const unit: tf.Tensor2D = tf.div(row, norm);
      basis = basis === undefined ? unit : tf.concat2d([basis, unit], 0);
    }
    return basis ?? tf.clone(vectors);
  });
}

/** `row` minus its projection on the span of the orthonormal rows of `basis`. */
function withoutProjection(row: tf.Tensor2D, basis: tf.Tensor2D): tf.Tensor2D {
  const coefficients: tf.Tensor2D = tf.matMul(row, basis, false, true);
  return tf.sub(row, tf.matMul(coefficients, basis));
}
