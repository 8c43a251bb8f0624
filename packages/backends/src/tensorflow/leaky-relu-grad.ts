import type * as tf from '@tensorflow/tfjs-core';
import { leakyReluGradName } from '../gradients/leaky-relu-grad';
import { type Kernel, tensorflowKernel } from './tensorflow-kernel';
import { floatType } from './tensorflow-package';

type LeakyReluGrad = Kernel<{ x: tf.TensorInfo; dy: tf.TensorInfo }, { readonly alpha: number }>;

/** The gradient of a leaky ReLU by TensorFlow's own operation, which tfjs-node does not use. */
export const leakyReluGrad = tensorflowKernel<LeakyReluGrad>(
  leakyReluGradName,
  () =>
    ({ inputs: { x, dy }, attrs, backend }) => {
      const alpha = { name: 'alpha', type: backend.binding.TF_ATTR_FLOAT, value: attrs.alpha };
      return backend.executeSingleOutput('LeakyReluGrad', [floatType(backend), alpha], [dy, x]);
    },
);
