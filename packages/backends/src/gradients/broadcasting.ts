import * as tf from '@tensorflow/tfjs-core';
import { only, sumTo } from './tensors';

/** Functions of two tensors, each of which may be repeated along the other's axes. */
export const broadcasting: readonly tf.GradConfig[] = [
  {
    // da = dy where a >= b, db = dy where a < b. Stock forgets the sum over the axes that were repeated.
    kernelName: tf.Maximum,
    inputsToSave: ['a', 'b'],
    gradFunc: (dy, [a, b]) => ({
      a: () => sumTo(tf.mul(only(dy), mask(tf.greaterEqual(only(a), only(b)))), only(a).shape),
      b: () => sumTo(tf.mul(only(dy), mask(tf.less(only(a), only(b)))), only(b).shape),
    }),
  },
  {
    // da = dy where a <= b, db = dy where a > b. Stock forgets the sum.
    kernelName: tf.Minimum,
    inputsToSave: ['a', 'b'],
    gradFunc: (dy, [a, b]) => ({
      a: () => sumTo(tf.mul(only(dy), mask(tf.lessEqual(only(a), only(b)))), only(a).shape),
      b: () => sumTo(tf.mul(only(dy), mask(tf.greater(only(a), only(b)))), only(b).shape),
    }),
  },
  {
    // da = 2 dy (a - b) = -db. Stock forgets the sum.
    kernelName: tf.SquaredDifference,
    inputsToSave: ['a', 'b'],
    gradFunc: (dy, [a, b]) => {
      const slope = () => tf.mul(only(dy), tf.mul(2, tf.sub(only(a), only(b))));
      return {
        a: () => sumTo(slope(), only(a).shape),
        b: () => sumTo(tf.neg(slope()), only(b).shape),
      };
    },
  },
  {
    // da = dy b a^(b - 1), db = dy a^b log(a), 0 where a <= 0.
    // Stock reuses the saved y in db: silently wrong at second order.
    kernelName: tf.Pow,
    inputsToSave: ['a', 'b'],
    gradFunc: (dy, [a, b]) => {
      const base = only(a);
      const exponent = () => tf.cast(only(b), 'float32');
      return {
        a: () => {
          const slope = tf.mul(exponent(), tf.pow(base, tf.sub(exponent(), 1)));
          return sumTo(tf.mul(only(dy), slope), base.shape);
        },
        b: () => {
          const log = tf.log(tf.where(tf.greater(base, 0), base, tf.onesLike(base)));
          return sumTo(tf.mul(only(dy), tf.mul(tf.pow(base, exponent()), log)), only(b).shape);
        },
      };
    },
  },
  {
    // y = A B with A = a or its transpose: dA = dy B', dB = A' dy. Stock forgets the sum over a batch that
    // only the other one has.
    kernelName: tf.BatchMatMul,
    inputsToSave: ['a', 'b'],
    gradFunc: (dy, [a, b], attrs) => {
      const [left, right, result] = [only(a), only(b), only(dy)];
      const [transposeA, transposeB] = [attrs.transposeA === true, attrs.transposeB === true];
      return {
        a: () => {
          const gradient = transposeA
            ? tf.matMul(right, result, transposeB, true)
            : tf.matMul(result, right, false, !transposeB);
          return sumTo(gradient, left.shape);
        },
        b: () => {
          const gradient = transposeB
            ? tf.matMul(result, left, true, transposeA)
            : tf.matMul(left, result, !transposeA, false);
          return sumTo(gradient, right.shape);
        },
      };
    },
  },
];

function mask(condition: tf.Tensor): tf.Tensor {
  return tf.cast(condition, 'float32');
}
