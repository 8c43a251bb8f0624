import { type MovingAverageKernelAttributes, updateKernels } from '@eigengan/core';
import type * as tf from '@tensorflow/tfjs-core';
import type { OwnKernel } from '../register-kernels';
import { scalar } from './kept-numbers';
import { execute, flag } from './operation';
import { floatType, type TensorflowBackend } from './tensorflow-package';
import { updated, variableOf } from './updated-data';

interface Arguments {
  readonly inputs: Readonly<Record<'average' | 'source', tf.TensorInfo>>;
  readonly attrs: MovingAverageKernelAttributes;
  readonly backend: TensorflowBackend;
}

/** A step of a moving average as TensorFlow's gradient descent, down the difference. */
export const movingAverage: OwnKernel = {
  kernelName: updateKernels.movingAverage,
  create: () => {
    const kernel = ({ inputs: { average, source }, attrs: { rest }, backend }: Arguments) => {
      const difference = execute(backend, 'Sub', [], backend.getInputTensorIds([average, source]));
      const variable = variableOf(backend, average);
      backend.binding.executeOp(
        'ResourceApplyGradientDescent',
        [floatType(backend), flag(backend, 'use_locking', false)],
        [variable.id, scalar(backend, rest), difference.id],
        0,
      );
      backend.binding.deleteTensor(difference.id);
      return updated(backend, variable, average.shape);
    };
    return kernel as unknown as tf.KernelFunc;
  },
};
