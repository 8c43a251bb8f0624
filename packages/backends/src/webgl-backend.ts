import { EigenganError, missingPackage } from '@eigengan/core';
import * as tf from '@tensorflow/tfjs-core';
import type { BackendModule } from './backend-module';
import { dropBackend } from './device-restart';
import { isSoftwareDevice } from './device-software';
import { correctFloatPrecision } from './float-precision';
import { registerWebglKernels } from './webgl/register-webgl-kernels';
import { rendererOf, startedContext } from './webgl/webgl-device';

/** The one tfjs registers the backend with. */
const webglPriority = 2;

/** tfjs's WebGL backend, in browsers. */
export const webglBackend: BackendModule = {
  name: 'webgl',
  packageName: '@tensorflow/tfjs-backend-webgl',
  async load() {
    if (typeof OffscreenCanvas === 'undefined' && typeof document === 'undefined') {
      throw new EigenganError('useBackend: webgl runs in browsers only', {
        hint: 'In Node a GPU computes by webgpu, or by tensorflow with CUDA',
      });
    }
    const { version_webgl } = await importPackage();
    return {
      version: version_webgl,
      configure() {
        // tfjs would refuse a program that plays the GPU; the report says `software` instead.
        tf.env().set('SOFTWARE_WEBGL_ENABLED', true);
        if (!tf.env().getBool('HAS_WEBGL')) {
          throw new EigenganError(
            'useBackend: webgl needs a WebGL context, which this browser does not give',
          );
        }
        if (startedContext()?.isContextLost() === true) dropBackend('webgl', webglPriority);
      },
      fillGaps: registerWebglKernels,
      async describe() {
        await correctFloatPrecision();
        const gl = startedContext();
        const device = gl === undefined ? 'WebGL' : rendererOf(gl);
        return { threads: 1, simd: false, device, software: isSoftwareDevice(device) };
      },
      watch(lost) {
        const gl = startedContext();
        if (gl?.isContextLost() === true) lost('it was lost before it was used');
        gl?.canvas.addEventListener('webglcontextlost', (event) =>
          lost(Reflect.get(event, 'statusMessage') || 'the browser gave no reason'),
        );
      },
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
