import { type AdamKernelAttributes, updateKernels } from '@eigengan/core';
import type * as tf from '@tensorflow/tfjs-core';
import { scalar } from './kept-numbers';
import { flag } from './operation';
import { type Kernel, tensorflowKernel } from './tensorflow-kernel';
import { floatType } from './tensorflow-package';
import { updated, variableOf } from './updated-data';

type Inputs = Record<'weight' | 'm' | 'v' | 'gradient', tf.TensorInfo>;
type Adam = Kernel<Inputs, AdamKernelAttributes, tf.TensorInfo[]>;

/**
 * A weight's update by TensorFlow's own Adam, in one pass. TensorFlow rounds the decays to single precision and
 * multiplies by the rate before it divides: the last bits are its own.
 */
export const adam = tensorflowKernel<Adam>(
  updateKernels.adam,
  () =>
    ({ inputs: { weight, m, v, gradient }, attrs: { beta1, beta2, epsilon, rate }, backend }) => {
      const variables = [weight, m, v].map((tensor) => variableOf(backend, tensor));
      // Without decay the first moment is the gradient to the last bit: it starts there and nothing is added.
      if (beta1 === 0) variables[1]?.assign(gradient);
      // The rate is corrected already: what TensorFlow would correct it by has vanished.
      const powers = [0, 0];
      const numbers = [...powers, rate, beta1, beta2, epsilon].map((value) => scalar(backend, value));
      backend.binding.executeOp(
        'ResourceApplyAdam',
        [floatType(backend), flag(backend, 'use_locking', false), flag(backend, 'use_nesterov', false)],
        [...variables.map(({ id }) => id), ...numbers, ...backend.getInputTensorIds([gradient])],
        0,
      );
      return variables.map((variable) => updated(backend, variable, weight.shape));
    },
);
