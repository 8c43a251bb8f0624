import * as tf from '@tensorflow/tfjs-core';
import { leakyReluGrad, leakyReluGradient } from './leaky-relu-grad';
import { only, sumTo } from './tensors';

/** The two constants of selu, of Klambauer et al., "Self-Normalizing Neural Networks", 2017. */
const seluScale = 1.0507009873554805;
const seluAlpha = 1.6732632423543772;

/** exp(min(x, 0)): the slope of x's negative part under elu, without overflow on the positive one. */
function expOfNegativePart(x: tf.Tensor): tf.Tensor {
  return tf.exp(tf.neg(tf.relu(tf.neg(x))));
}

/** Why stock fails at second order, and the formula that does not. `dy` is the gradient of the result y. */
export const activations: readonly tf.GradConfig[] = [
  {
    // y = x > 0 ? x : alpha x, dx = dy (x > 0 ? 1 : alpha) = dy step(x, alpha).
    // Stock asks Greater for the slope: it throws, or needs more kernels than Step.
    kernelName: tf.LeakyRelu,
    inputsToSave: ['x'],
    gradFunc: (dy, [x], attrs) => ({ x: () => leakyReluGradient(only(dy), only(x), Number(attrs.alpha)) }),
  },
  leakyReluGrad,
  {
    // y = x > 0 ? x : alpha x, dx = dy (s + (1 - s) alpha) with s = step(x), dalpha = sum of dy min(x, 0).
    // Stock asks Greater: it throws.
    kernelName: tf.Prelu,
    inputsToSave: ['x', 'alpha'],
    gradFunc: (dy, [x, alpha]) => ({
      x: () => {
        const slope = tf.step(only(x));
        return tf.mul(only(dy), tf.add(slope, tf.mul(tf.sub(1, slope), only(alpha))));
      },
      alpha: () => sumTo(tf.mul(only(dy), tf.neg(tf.relu(tf.neg(only(x))))), only(alpha).shape),
    }),
  },
  {
    // y = x > 0 ? x : exp(x) - 1, dx = dy exp(min(x, 0)).
    // Stock asks EluGrad, which has no gradient: it throws.
    kernelName: tf.Elu,
    inputsToSave: ['x'],
    gradFunc: (dy, [x]) => ({ x: () => tf.mul(only(dy), expOfNegativePart(only(x))) }),
  },
  {
    // y = scale (x > 0 ? x : alpha (exp(x) - 1)), dx = dy scale (s + (1 - s) alpha exp(min(x, 0))), s = step(x).
    // Stock computes exp(x) on both sides: at second order infinity times zero above x = 88.
    kernelName: tf.Selu,
    inputsToSave: ['x'],
    gradFunc: (dy, [x]) => ({
      x: () => {
        const positive = tf.step(only(x));
        const negative = tf.mul(tf.sub(1, positive), tf.mul(seluAlpha, expOfNegativePart(only(x))));
        return tf.mul(only(dy), tf.mul(seluScale, tf.add(positive, negative)));
      },
    }),
  },
  {
    // dx = dy exp(x). Stock reuses the saved y as if it did not depend on x: silently wrong.
    kernelName: tf.Exp,
    inputsToSave: ['x'],
    gradFunc: (dy, [x]) => ({ x: () => tf.mul(only(dy), tf.exp(only(x))) }),
  },
  {
    // dx = dy y (1 - y) with y = sigmoid(x). Stock reuses the saved y: silently wrong.
    kernelName: tf.Sigmoid,
    inputsToSave: ['x'],
    gradFunc: (dy, [x]) => ({
      x: () => {
        const y = tf.sigmoid(only(x));
        return tf.mul(only(dy), tf.mul(y, tf.sub(1, y)));
      },
    }),
  },
  {
    // dx = dy (1 - y^2) with y = tanh(x). Stock reuses the saved y: silently wrong.
    kernelName: tf.Tanh,
    inputsToSave: ['x'],
    gradFunc: (dy, [x]) => ({
      x: () => tf.mul(only(dy), tf.sub(1, tf.square(tf.tanh(only(x))))),
    }),
  },
  {
    // dx = y dy - y sum(y dy) with y = softmax(x). Stock reuses the saved y: silently wrong.
    kernelName: tf.Softmax,
    inputsToSave: ['logits'],
    gradFunc: (dy, [logits], attrs) => ({
      logits: () => {
        const dim = Number(attrs.dim);
        const y = tf.softmax(only(logits), dim);
        const products = tf.mul(only(dy), y);
        return tf.sub(products, tf.mul(tf.sum(products, dim, true), y));
      },
    }),
  },
];
