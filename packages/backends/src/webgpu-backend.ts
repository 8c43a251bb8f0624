import type { BackendModule } from './backend-module';

/** tfjs's WebGPU backend, in browsers and in Node. */
export const webgpuBackend: BackendModule = {
  name: 'webgpu',
  packageName: '@tensorflow/tfjs-backend-webgpu',
  async load() {
    await import('@tensorflow/tfjs-backend-webgpu');
    return {
      version: '4.22.0',
      configure: () => {},
      fillGaps: () => [],
      describe: () => ({ threads: 1, simd: false, device: 'WebGPU', software: false }),
    };
  },
};
