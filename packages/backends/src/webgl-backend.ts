import type { BackendModule } from './backend-module';

/** tfjs's WebGL backend, in browsers. */
export const webglBackend: BackendModule = {
  name: 'webgl',
  packageName: '@tensorflow/tfjs-backend-webgl',
  async load() {
    const { version_webgl } = await import('@tensorflow/tfjs-backend-webgl');
    return {
      version: version_webgl,
      configure: () => {},
      fillGaps: () => [],
      describe: () => ({ threads: 1, simd: false, device: 'WebGL', software: false }),
    };
  },
};
