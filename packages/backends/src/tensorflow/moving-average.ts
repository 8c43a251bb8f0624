import { type MovingAverageKernelAttributes, updateKernels } from '@eigengan/core';
import type * as tf from '@tensorflow/tfjs-core';
import type { OwnKernel } from '../register-kernels';
import { scalar } from './kept-numbers';
import { oncePerBackend, ResourceVariable } from './resource-variable';
import { floatType, type TensorflowBackend } from './tensorflow-package';

interface Arguments {
  readonly inputs: Readonly<Record<'average' | 'source', tf.TensorInfo>>;
  readonly attrs: MovingAverageKernelAttributes;
  readonly backend: TensorflowBackend;
}

/** A step of a moving average as TensorFlow's gradient descent, down the difference. */
export const movingAverage: OwnKernel = {
  kernelName: updateKernels.movingAverage,
  create: () => {
    const variableOf = oncePerBackend((backend) => new ResourceVariable(backend, 'eigengan/average'));
    const kernel = ({ inputs: { average, source }, attrs: { rest }, backend }: Arguments) => {
      const { binding } = backend;
      const type = floatType(backend);
      const difference = backend.executeSingleOutput('Sub', [type], [average, source]);
      const [gradient = -1] = backend.getInputTensorIds([difference]);
      const variable = variableOf(backend);
      variable.take(average);
      binding.executeOp(
        'ResourceApplyGradientDescent',
        [type, { name: 'use_locking', type: binding.TF_ATTR_BOOL, value: false }],
        [variable.id, scalar(backend, rest), gradient],
        0,
      );
      difference.dispose();
      return variable.read();
    };
    return kernel as unknown as tf.KernelFunc;
  },
};
