import * as tf from '@tensorflow/tfjs-core';
import { dense, positive, type SecondOrderCase, weighted } from './second-order-maps';

export const elementwise: readonly SecondOrderCase[] = [
  dense('exp', (x) => tf.exp(tf.mul(0.5, x))),
  dense('expm1', (x) => tf.expm1(tf.mul(0.5, x))),
  dense('log', (x) => tf.log(positive(x))),
  dense('log1p', (x) => tf.log1p(tf.square(x))),
  dense('sqrt', (x) => tf.sqrt(positive(x))),
  dense('rsqrt', (x) => tf.rsqrt(positive(x))),
  dense('reciprocal', (x) => tf.reciprocal(positive(x))),
  dense('abs', (x) => tf.abs(x)),
  dense('square', (x) => tf.square(x)),
  dense('pow with a number', (x) => tf.pow(x, 3)),
  weighted('pow, also in the exponent', [3, 5], [5], (x, w) => tf.pow(positive(x), w)),
  dense('sin and cos', (x) => tf.add(tf.sin(x), tf.cos(x))),
  dense('tan', (x) => tf.tan(tf.mul(0.2, tf.tanh(x)))),
  dense('atan', (x) => tf.atan(x)),
  dense('asin and acos', (x) =>
    tf.add(tf.asin(tf.mul(0.5, tf.tanh(x))), tf.square(tf.acos(tf.mul(0.5, tf.tanh(x))))),
  ),
  dense('sinh and cosh', (x) => tf.add(tf.sinh(tf.mul(0.4, x)), tf.cosh(tf.mul(0.4, x)))),
  dense('asinh, acosh and atanh', (x) =>
    tf.add(tf.asinh(x), tf.add(tf.acosh(tf.add(1.5, positive(x))), tf.atanh(tf.mul(0.5, tf.tanh(x))))),
  ),
  dense('erf', (x) => tf.erf(x)),
  dense('atan2', (x) => tf.atan2(x, positive(x))),
  weighted('div', [3, 5], [5], (x, w) => tf.div(x, positive(w))),
  weighted('maximum of two', [3, 5], [5], (x, w) => tf.square(tf.maximum(tf.mul(x, w), tf.sub(x, w)))),
  weighted('minimum of two', [3, 5], [5], (x, w) => tf.square(tf.minimum(tf.mul(x, w), tf.sub(x, w)))),
  weighted('maximum, one repeated', [3, 5], [5], (x, w) => tf.mul(w, tf.maximum(tf.square(x), w))),
  weighted('minimum, one repeated', [3, 5], [5], (x, w) => tf.mul(w, tf.minimum(w, tf.square(x)))),
  weighted('squaredDifference, one repeated', [3, 5], [5], (x, w) => tf.squaredDifference(x, w)),
  dense('where', (x) =>
    tf.where(tf.logicalAnd(tf.greater(x, -1), tf.notEqual(x, 0)), tf.square(x), tf.mul(2, x)),
  ),
  weighted('rounding', [3, 5], [5], (x, w) => {
    const rounded = tf.addN([tf.floor(x), tf.ceil(x), tf.round(x), tf.sign(x)]);
    return tf.tanh(tf.mul(tf.mul(w, x), rounded));
  }),
];
