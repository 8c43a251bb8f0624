import * as tf from '@tensorflow/tfjs-core';
import { handleOn } from '../data-handle';
import type { OwnKernel } from '../register-kernels';
import { reshaped } from './operation';
import type { TensorflowBackend } from './tensorflow-package';

interface Arguments {
  readonly inputs: { readonly x: tf.TensorInfo };
  readonly attrs: tf.ReshapeAttrs;
  readonly backend: TensorflowBackend;
}

/**
 * Reshaping to the shape that a tensor has, as gradients do everywhere, shares its data: the stock kernel
 * runs an operation of TensorFlow. It makes a tensor of the shape for it each time, too.
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
      if (tf.util.arraysEqual(x.shape, attrs.shape)) return handleOn(backend, x);
      if (x.dtype !== 'float32') return stock?.(args as unknown as Parameters<tf.KernelFunc>[0]);
      const [id = -1] = backend.getInputTensorIds([x]);
      return backend.createOutputTensor(reshaped(backend, id, attrs.shape));
    };
    return kernel as unknown as tf.KernelFunc;
  },
};
