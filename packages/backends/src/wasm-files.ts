/** The version of `@tensorflow/tfjs-backend-wasm` that the build copies the files of. */
export const wasmFilesVersion = '4.22.0';

/** tfjs's three builds: plain, with SIMD, with SIMD and threads. */
export const wasmFileNames = [
  'tfjs-backend-wasm.wasm',
  'tfjs-backend-wasm-simd.wasm',
  'tfjs-backend-wasm-threaded-simd.wasm',
] as const;

/** The script of the threaded build, and the name of its copy. */
export const threadedScript = {
  source: 'wasm-out/tfjs-backend-wasm-threaded-simd.js',
  copy: 'tfjs-backend-wasm-threaded-simd.txt',
} as const;
