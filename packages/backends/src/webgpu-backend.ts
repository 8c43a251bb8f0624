import { missingPackage } from '@eigengan/core';
import type { BackendModule } from './backend-module';

/** tfjs's WebGPU backend, in browsers and in Node. */
export const webgpuBackend: BackendModule = {
  name: 'webgpu',
  packageName: '@tensorflow/tfjs-backend-webgpu',
  async load() {
    await importPackage();
    return {
      version: '4.22.0',
      configure: () => {},
      fillGaps: () => [],
      describe: () => ({ threads: 1, simd: false, device: 'WebGPU', software: false }),
    };
  },
};

/** Inside `try`: what may be missing there is no error to webpack. */
async function importPackage() {
  try {
    return await import('@tensorflow/tfjs-backend-webgpu');
  } catch (cause) {
    throw missingPackage('useBackend', '@tensorflow/tfjs-backend-webgpu', cause);
  }
}
