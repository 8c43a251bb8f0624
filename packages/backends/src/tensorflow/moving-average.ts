import { type MovingAverageKernelAttributes, updateKernels } from '@eigengan/core';
import type * as tf from '@tensorflow/tfjs-core';
import { scalar } from './kept-numbers';
import { execute, flag } from './operation';
import { type Kernel, tensorflowKernel } from './tensorflow-kernel';
import { floatType } from './tensorflow-package';
import { updated, variableOf } from './updated-data';

type MovingAverage = Kernel<Record<'average' | 'source', tf.TensorInfo>, MovingAverageKernelAttributes>;

/** A step of a moving average as TensorFlow's gradient descent, down the difference. */
export const movingAverage = tensorflowKernel<MovingAverage>(
  updateKernels.movingAverage,
  () =>
    ({ inputs: { average, source }, attrs: { rest }, backend }) => {
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
    },
);
