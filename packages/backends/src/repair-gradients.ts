import * as tf from '@tensorflow/tfjs-core';
// Registers tfjs's own gradients, which alone in Node nothing else does. First, or it would undo the repair.
import '@tensorflow/tfjs-layers';

/** Why stock fails at second order, and the formula that does not. `dy` is the gradient of the result y. */
const repaired: readonly tf.GradConfig[] = [
  {
    // y = x > 0 ? x : alpha x, dx = dy (x > 0 ? 1 : alpha) = dy step(x, alpha).
    // Stock asks Greater for the slope, which has no gradient: it throws.
    kernelName: tf.LeakyRelu,
    inputsToSave: ['x'],
    gradFunc: (dy, [x], attrs) => ({ x: () => tf.mul(only(dy), tf.step(only(x), Number(attrs.alpha))) }),
  },
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
      alpha: () => {
        const products = tf.mul(only(dy), tf.neg(tf.relu(tf.neg(only(x)))));
        const axes = tf.broadcast_util.getReductionAxes(only(alpha).shape, only(dy).shape);
        return tf.reshape(axes.length === 0 ? products : tf.sum(products, axes), only(alpha).shape);
      },
    }),
  },
  {
    // y = x > 0 ? x : exp(x) - 1, dx = dy exp(min(x, 0)).
    // Stock asks EluGrad, which has no gradient: it throws.
    kernelName: tf.Elu,
    inputsToSave: ['x'],
    gradFunc: (dy, [x]) => ({
      x: () => tf.mul(only(dy), tf.exp(tf.neg(tf.relu(tf.neg(only(x)))))),
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

/**
 * Registers gradients that can be differentiated again, as a penalty on a gradient (R1, WGAN-GP) needs,
 * in place of stock ones that throw there or are silently wrong. First-order results stay what they were.
 * Idempotent; holds for every backend.
 *
 * @returns The names of the kernels whose gradients were registered.
 */
export function repairGradients(): readonly string[] {
  for (const gradient of repaired) tf.registerGradient(gradient);
  return repaired.map(({ kernelName }) => kernelName);
}

/** The one tensor there is: tfjs's types cannot say how many a kernel has or saves. */
function only(tensors: tf.Tensor | tf.Tensor[] | undefined): tf.Tensor {
  return (Array.isArray(tensors) ? tensors[0] : tensors) as tf.Tensor;
}
