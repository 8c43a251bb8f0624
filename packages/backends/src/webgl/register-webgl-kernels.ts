import { type RegisteredKernel, registerKernels } from '../register-kernels';
import { batchMatMul, fusedMatMul } from './mat-mul';

/**
 * Registers this package's kernels for tfjs's backend `webgl`, whose package must be imported first.
 * Idempotent. `useBackend` does it.
 */
export function registerWebglKernels(): readonly RegisteredKernel[] {
  return registerKernels('webgl', [batchMatMul, fusedMatMul]);
}
