import { type AdamKernelAttributes, updateKernels } from '@eigengan/core';
import type * as tf from '@tensorflow/tfjs-core';
import type { OwnKernel } from '../register-kernels';
import { scalar } from './kept-numbers';
import { flag } from './operation';
import { floatType, type TensorflowBackend } from './tensorflow-package';
import { updated, variableOf } from './updated-data';

interface Arguments {
  readonly inputs: Readonly<Record<'weight' | 'm' | 'v' | 'gradient', tf.TensorInfo>>;
  readonly attrs: AdamKernelAttributes;
  readonly backend: TensorflowBackend;
}

/**
 * A weight's update by TensorFlow's own Adam, in one pass. TensorFlow rounds the decays to single precision and
 * multiplies by the rate before it divides: the last bits are its own.
 */
export const adam: OwnKernel = {
  kernelName: updateKernels.adam,
  create: () => {
    const kernel = ({
      inputs: { weight, m, v, gradient },
      attrs: { beta1, beta2, epsilon, rate },
      backend,
    }: Arguments) => {
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
    };
    return kernel as unknown as tf.KernelFunc;
  },
};
