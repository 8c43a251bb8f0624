import { type AdamKernelAttributes, updateKernels } from '@eigengan/core';
import type * as tf from '@tensorflow/tfjs-core';
import type { OwnKernel } from '../register-kernels';
import { scalar } from './kept-numbers';
import { oncePerBackend, ResourceVariable } from './resource-variable';
import { floatType, type TensorflowBackend } from './tensorflow-package';

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
    const variablesOf = oncePerBackend(
      (backend) =>
        [
          new ResourceVariable(backend, 'eigengan/adam/weight'),
          new ResourceVariable(backend, 'eigengan/adam/m'),
          new ResourceVariable(backend, 'eigengan/adam/v'),
        ] as const,
    );
    const kernel = ({ inputs, attrs: { beta1, beta2, epsilon, rate }, backend }: Arguments) => {
      const variables = variablesOf(backend);
      const [weight, m, v] = variables;
      weight.take(inputs.weight);
      // Without decay the first moment is the gradient to the last bit: it starts there and nothing is added.
      if (beta1 === 0) m.assign(inputs.gradient);
      else m.take(inputs.m);
      v.take(inputs.v);
      // The rate is corrected already: what TensorFlow would correct it by has vanished.
      const powers = [0, 0];
      const numbers = [...powers, rate, beta1, beta2, epsilon].map((value) => scalar(backend, value));
      const [gradient = -1] = backend.getInputTensorIds([inputs.gradient]);
      const attributes = ['use_locking', 'use_nesterov'].map((name) => ({
        name,
        type: backend.binding.TF_ATTR_BOOL,
        value: false,
      }));
      backend.binding.executeOp(
        'ResourceApplyAdam',
        [floatType(backend), ...attributes],
        [...variables.map(({ id }) => id), ...numbers, gradient],
        0,
      );
      return variables.map((variable) => variable.read());
    };
    return kernel as unknown as tf.KernelFunc;
  },
};
