import type * as tf from '@tensorflow/tfjs-core';
import { leakyReluGradName } from '../gradients/leaky-relu-grad';
import type { OwnKernel } from '../register-kernels';
import { floatType, type TensorflowBackend } from './tensorflow-package';

interface Arguments {
  readonly inputs: { readonly x: tf.TensorInfo; readonly dy: tf.TensorInfo };
  readonly attrs: { readonly alpha: number };
  readonly backend: TensorflowBackend;
}

/** The gradient of a leaky ReLU by TensorFlow's own operation, which tfjs-node does not use. */
export const leakyReluGrad: OwnKernel = {
  kernelName: leakyReluGradName,
  create: () => {
    const kernel = ({ inputs: { x, dy }, attrs: { alpha }, backend }: Arguments) =>
      backend.executeSingleOutput(
        'LeakyReluGrad',
        [floatType(backend), { name: 'alpha', type: backend.binding.TF_ATTR_FLOAT, value: alpha }],
        [dy, x],
      );
    return kernel as unknown as tf.KernelFunc;
  },
};
