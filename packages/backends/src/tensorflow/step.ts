import * as tf from '@tensorflow/tfjs-core';
import type { OwnKernel } from '../register-kernels';
import { floatType, type TensorflowBackend } from './tensorflow-package';

interface Arguments {
  readonly inputs: { readonly x: tf.TensorInfo };
  readonly attrs: tf.StepAttrs;
  readonly backend: TensorflowBackend;
}

/**
 * step(x, alpha) = x > 0 ? 1 : alpha = max(sign(x), alpha) for alpha in [0, 1]: the slope of a leaky ReLU in two
 * operations of TensorFlow, where the stock kernel takes six. NaN stays NaN in both.
 */
export const step: OwnKernel = {
  kernelName: tf.Step,
  create: (stock) => {
    const kernel = (args: Arguments) =>
      args.inputs.x.dtype === 'float32' && args.attrs.alpha >= 0 && args.attrs.alpha <= 1
        ? steps(args)
        : stock?.(args as unknown as Parameters<tf.KernelFunc>[0]);
    return kernel as unknown as tf.KernelFunc;
  },
};

function steps({ inputs: { x }, attrs: { alpha }, backend }: Arguments): tf.TensorInfo {
  return tf.tidy(() => {
    const type = floatType(backend);
    const signs = backend.executeSingleOutput('Sign', [type], [x]);
    return alpha === 0
      ? backend.executeSingleOutput('Relu', [type], [signs])
      : backend.executeSingleOutput('Maximum', [type], [signs, tf.scalar(alpha)]);
  });
}
