import * as tf from '@tensorflow/tfjs-core';
import { type RegisteredKernel, registerKernels } from '../register-kernels';
import { adam } from './adam';
import { batchMatMul } from './batch-mat-mul';
import { cast } from './cast';
import { concat } from './concat';
import { leakyReluGrad } from './leaky-relu-grad';
import { movingAverage } from './moving-average';
import { convolutions } from './padded-convolution';
import { reshape } from './reshape';
import { split } from './split';
import { step } from './step';
import { sum } from './sum';
import type { TensorflowBackend } from './tensorflow-package';

/** Registers this package's kernels for `tensorflow`, whose package must be imported first. Idempotent. */
export function registerTensorflowKernels(): readonly RegisteredKernel[] {
  const backend = tf.findBackend('tensorflow') as unknown as TensorflowBackend | null;
  // Where TensorFlow keeps variables when it has a GPU was never tried.
  const updates = backend?.isUsingGpuDevice === false ? [adam, movingAverage] : [];
  return registerKernels('tensorflow', [
    batchMatMul,
    cast,
    concat,
    leakyReluGrad,
    reshape,
    split,
    step,
    sum,
    ...updates,
    ...convolutions,
  ]);
}
