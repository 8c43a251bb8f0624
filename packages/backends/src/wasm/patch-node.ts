import { nodeModule } from '../node-module';
import { patchProperties, type Restore } from '../patch-properties';

/** Run inside a worker in place of loading a script by its address, which Node's workers cannot. */
const useFactory = `;globalThis.importScripts = () => {
  globalThis.WasmBackendModuleThreadedSimd = require(require('node:worker_threads').workerData);
};`;

/**
 * Makes Node look to tfjs's threaded build as it expects: workers that start from an address made of a
 * Blob, and twice as many processors as threads are wanted, because it takes half.
 */
export async function patchNode(threads: number): Promise<Restore> {
  const [{ createRequire }, { Worker }] = await Promise.all([
    nodeModule('node:module'),
    nodeModule('node:worker_threads'),
  ]);
  const load = createRequire(import.meta.url);
  // Its one mutable copy, which tfjs asks too.
  const os: typeof import('node:os') = load('node:os');
  const build = '@tensorflow/tfjs-backend-wasm/wasm-out/tfjs-backend-wasm-threaded-simd';
  const { wasmWorkerContents }: { wasmWorkerContents: string } = load(`${build}.worker.js`);
  const factory = load.resolve(`${build}.js`);
  // The package keeps the script in a template, in which the escapes of its strings became line ends.
  const script = wasmWorkerContents.replace(/\n/g, '\\n') + useFactory;

  class FactoryWorker extends Worker {
    constructor(address: string) {
      URL.revokeObjectURL(address);
      super(script, { eval: true, workerData: factory, execArgv: [] });
    }

    override postMessage(message: { readonly cmd?: string }): void {
      super.postMessage(message.cmd === 'load' ? { ...message, urlOrBlob: '' } : message);
    }
  }

  const processor = os.cpus()[0];
  const restore = [
    // Emscripten assigns Node's own worker; the setter lets it.
    patchProperties(globalThis, { Worker: { get: () => FactoryWorker, set: () => {} } }),
    patchProperties(os, { cpus: { value: () => new Array(2 * threads).fill(processor) } }),
  ];
  return () => {
    for (const each of restore) each();
  };
}
