import { canDefer } from '../deferred/deferred-result';
import { type RegisteredKernel, registerKernels } from '../register-kernels';
import { batchMatMul } from './batch-mat-mul';
import { leakyReluGrad } from './leaky-relu-grad';
import { paddedConvolutions } from './padded-convolution';
import { reshape } from './reshape';
import { step } from './step';
import { sum } from './sum';

/** Registers this package's kernels for `tensorflow`, whose package must be imported first. Idempotent. */
export function registerTensorflowKernels(): readonly RegisteredKernel[] {
  // Now, not within something that puts the engine back as it was.
  canDefer();
  return registerKernels('tensorflow', [
    batchMatMul,
    leakyReluGrad,
    reshape,
    step,
    sum,
    ...paddedConvolutions,
  ]);
}
