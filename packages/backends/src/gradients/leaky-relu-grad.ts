import * as tf from '@tensorflow/tfjs-core';
import { only, run, zerosOf } from './tensors';

/**
 * The kernel `x > 0 ? dy : alpha dy` (inputs `x` and `dy`, float32 and of one shape, attribute `alpha`), which
 * tfjs has nowhere: one pass where a composed gradient takes several. Not every backend has it.
 */
export const leakyReluGradName = 'LeakyReluGrad';

/** The gradient of a leaky ReLU: by that kernel where the current backend has it, else composed. */
export function leakyReluGradient(dy: tf.Tensor, x: tf.Tensor, alpha: number): tf.Tensor {
  const kernel: tf.KernelConfig | undefined = tf.getKernel(leakyReluGradName, tf.getBackend());
  if (kernel !== undefined && x.dtype === 'float32' && dy.dtype === 'float32') {
    return run(leakyReluGradName, { x, dy }, { alpha });
  }
  return tf.mul(dy, tf.step(x, alpha));
}

/** Linear in dy, with the same slopes; constant in x between its steps. */
export const leakyReluGrad: tf.GradConfig = {
  kernelName: leakyReluGradName,
  inputsToSave: ['x'],
  gradFunc: (ddx, [x], attrs) => ({
    x: () => zerosOf(only(x)),
    dy: () => leakyReluGradient(only(ddx), only(x), Number(attrs.alpha)),
  }),
};
