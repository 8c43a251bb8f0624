import { type RegisteredKernel, registerKernels } from '../register-kernels';
import { resizeNearestNeighborGrad } from './resize-nearest-neighbor-grad';

/**
 * Registers this package's kernels for tfjs's backend `cpu`, whose package must be imported first.
 * Idempotent. `useBackend` does it.
 */
export function registerCpuKernels(): readonly RegisteredKernel[] {
  return registerKernels('cpu', [resizeNearestNeighborGrad]);
}
