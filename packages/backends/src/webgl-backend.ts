import { missingPackage } from '@eigengan/core';
import type { BackendModule } from './backend-module';

/** tfjs's WebGL backend, in browsers. */
export const webglBackend: BackendModule = {
  name: 'webgl',
  packageName: '@tensorflow/tfjs-backend-webgl',
  async load() {
    const { version_webgl } = await importPackage();
    return {
      version: version_webgl,
      configure: () => {},
      fillGaps: () => [],
      describe: () => ({ threads: 1, simd: false, device: 'WebGL', software: false }),
    };
  },
};

/** Inside `try`: what may be missing there is no error to webpack. */
async function importPackage() {
  try {
    return await import('@tensorflow/tfjs-backend-webgl');
  } catch (cause) {
    throw missingPackage('useBackend', '@tensorflow/tfjs-backend-webgl', cause);
  }
}
