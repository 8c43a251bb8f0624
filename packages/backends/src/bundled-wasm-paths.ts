import { EigenganError } from '@eigengan/core';
import type { WasmPaths } from './backend-module';
import { wasmFilesVersion } from './wasm-files';

/**
 * Addresses of the copies of tfjs's `.wasm` files in this package, in a form that Vite and webpack follow:
 * a relative name in place, which is the same file from `src/` and from `dist/`.
 *
 * @param version Of the imported package: another one's scripts do not fit these files.
 */
export function bundledWasmPaths(version: string): WasmPaths {
  if (version !== wasmFilesVersion) {
    throw new EigenganError(
      `useBackend: the .wasm files in @eigengan/backends are those of @tensorflow/tfjs-backend-wasm ${wasmFilesVersion}, got ${version}`,
      { hint: 'Install that version, or pass wasmPaths: where the files of yours are served' },
    );
  }
  return {
    'tfjs-backend-wasm.wasm': new URL('../dist/tfjs-backend-wasm.wasm', import.meta.url).href,
    'tfjs-backend-wasm-simd.wasm': new URL('../dist/tfjs-backend-wasm-simd.wasm', import.meta.url).href,
    'tfjs-backend-wasm-threaded-simd.wasm': new URL(
      '../dist/tfjs-backend-wasm-threaded-simd.wasm',
      import.meta.url,
    ).href,
  };
}

/**
 * Address of the copy of the threaded build's script: a text, so that no bundler changes it. tfjs has it as a
 * function of its bundle too, but that one does not survive a minifier.
 */
export function threadedScriptAddress(): string {
  return new URL('../dist/tfjs-backend-wasm-threaded-simd.txt', import.meta.url).href;
}
