import * as tf from '@tensorflow/tfjs-core';
import { handleOn } from '../data-handle';
import type { OwnKernel } from '../register-kernels';
import type { TensorflowBackend } from './tensorflow-package';

interface Arguments {
  readonly inputs: { readonly x: tf.TensorInfo };
  readonly attrs: tf.ReshapeAttrs;
  readonly backend: TensorflowBackend;
}

/**
 * Reshaping to the shape that a tensor has, as gradients do everywhere, shares its data: the stock kernel
 * runs an operation of TensorFlow, and makes a tensor of the shape for it.
 */
export const reshape: OwnKernel = {
  kernelName: tf.Reshape,
  create: (stock) => {
    const kernel = (args: Arguments) => {
      const {
        inputs: { x },
        attrs,
        backend,
      } = args;
      if (!tf.util.arraysEqual(x.shape, attrs.shape)) {
        return stock?.(args as unknown as Parameters<tf.KernelFunc>[0]);
      }
      return handleOn(backend, x);
    };
    return kernel as unknown as tf.KernelFunc;
  },
};
