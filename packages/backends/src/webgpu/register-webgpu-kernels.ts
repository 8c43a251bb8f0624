import { type RegisteredKernel, registerKernels } from '../register-kernels';
import { cumprod, cumsum } from './cumulative';
import { tile } from './tile';

/**
 * Registers this package's kernels for tfjs's backend `webgpu`, whose package must be imported first.
 * Idempotent. `useBackend` does it.
 */
export function registerWebgpuKernels(): readonly RegisteredKernel[] {
  return registerKernels('webgpu', [cumsum, cumprod, tile]);
}
