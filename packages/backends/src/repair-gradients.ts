import * as tf from '@tensorflow/tfjs-core';
// Registers tfjs's own gradients, which alone in Node nothing else does. First, or it would undo the repair.
import '@tensorflow/tfjs-layers';

const repaired: readonly tf.GradConfig[] = [
  {
    // y = x > 0 ? x : alpha x, so dx = dy * (x > 0 ? 1 : alpha), and step(x, alpha) is that factor.
    // Stock asks Greater for it, which has no gradient, so that a penalty on gradients throws.
    kernelName: tf.LeakyRelu,
    inputsToSave: ['x'],
    gradFunc: (dy, saved, attrs) => ({
      x: () => tf.mul(one(dy), tf.step(first(saved), Number(attrs.alpha))),
    }),
  },
];

/**
 * Registers gradients that can be differentiated again, as a penalty on a gradient (R1, WGAN-GP) needs,
 * in place of stock ones that cannot. What they return at first order is unchanged. Idempotent; holds for
 * every backend.
 *
 * @returns The names of the kernels whose gradients were registered.
 */
export function repairGradients(): readonly string[] {
  for (const gradient of repaired) tf.registerGradient(gradient);
  return repaired.map(({ kernelName }) => kernelName);
}

function one(dy: tf.Tensor | tf.Tensor[]): tf.Tensor {
  return Array.isArray(dy) ? first(dy) : dy;
}

function first(tensors: readonly tf.Tensor[]): tf.Tensor {
  return tensors[0] as tf.Tensor;
}
