import { missingPackage } from '@eigengan/core';
import * as tf from '@tensorflow/tfjs-core';
import type { BackendModule } from './backend-module';
import { bundledWasmPaths } from './bundled-wasm-paths';
import { registerWasmKernels } from './wasm/register-wasm-kernels';
import { enableSimd, prepareSimd, usesSimd } from './wasm/simd-module';
import { startThreads, threadsOfWasm } from './wasm/start-threads';

/** tfjs's WebAssembly backend, which stock cannot train a convolution. */
export const wasmBackend: BackendModule = {
  name: 'wasm',
  packageName: '@tensorflow/tfjs-backend-wasm',
  async load() {
    const wasm = await importPackage();
    await prepareSimd();
    return {
      version: wasm.version_wasm,
      async configure({ wasmPaths, simd = true, threads }) {
        enableSimd(simd);
        // In Node the package finds its own files.
        if (wasmPaths !== undefined) wasm.setWasmPaths(wasmPaths);
        else if (!tf.env().getBool('IS_NODE')) wasm.setWasmPaths(bundledWasmPaths(wasm.version_wasm));
        await startThreads(wasm, threads);
      },
      fillGaps: registerWasmKernels,
      describe: () => ({
        threads: threadsOfWasm(),
        simd: usesSimd(),
        device: 'CPU',
        software: false,
      }),
    };
  },
};

/** Inside `try`: what may be missing there is no error to webpack. */
async function importPackage() {
  try {
    return await import('@tensorflow/tfjs-backend-wasm');
  } catch (cause) {
    throw missingPackage('useBackend', '@tensorflow/tfjs-backend-wasm', cause);
  }
}
