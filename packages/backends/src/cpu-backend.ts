import { missingPackage } from '@eigengan/core';
import type { BackendModule } from './backend-module';
import { registerCpuKernels } from './cpu/register-cpu-kernels';

/** tfjs's plain JavaScript backend: nearly complete and slow, the reference for the others. */
export const cpuBackend: BackendModule = {
  name: 'cpu',
  packageName: '@tensorflow/tfjs-backend-cpu',
  async load() {
    const { version_cpu } = await importPackage();
    return {
      version: version_cpu,
      configure: () => {},
      fillGaps: registerCpuKernels,
      describe: () => ({ threads: 1, simd: false, device: 'CPU', software: false }),
    };
  },
};

/** Inside `try`: what may be missing there is no error to webpack. */
async function importPackage() {
  try {
    return await import('@tensorflow/tfjs-backend-cpu');
  } catch (cause) {
    throw missingPackage('useBackend', '@tensorflow/tfjs-backend-cpu', cause);
  }
}
