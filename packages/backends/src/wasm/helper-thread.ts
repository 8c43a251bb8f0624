import { EigenganError } from '@eigengan/core';
import * as tf from '@tensorflow/tfjs-core';
import { nodeModule } from '../node-module';
import { type SimdKernels, simdKernelNames } from './simd-kernels';
import { mailbox, workerScript } from './worker-script';

/** Doubles that a list of calls may take. */
const capacity = 1 << 15;

/** A thread that runs lists of kernel calls beside the calling one. */
export interface HelperThread {
  /** Notes calls instead of making them. */
  readonly recorder: SimdKernels;
  /** Hands over what was noted; a no-op when that is nothing. */
  start(): void;
  /** Returns when it is done. */
  finish(): void;
}

/** Starts a worker with the kernels of `module` on a shared memory. */
export async function startHelperThread(
  module: WebAssembly.Module,
  memory: WebAssembly.Memory,
): Promise<HelperThread> {
  const box = new Int32Array(new SharedArrayBuffer(4 * mailbox.length));
  const list = new Float64Array(new SharedArrayBuffer(8 * capacity));
  await startWorker({ module, memory, names: simdKernelNames, box, list });
  let calls = 0;
  let end = 1;
  let given = 0;

  const start = () => {
    if (calls === 0) return;
    list[0] = calls;
    calls = 0;
    end = 1;
    given = (given + 1) | 0;
    Atomics.store(box, mailbox.given, given);
    Atomics.notify(box, mailbox.given);
  };
  const finish = () => {
    for (let spin = 0; spin < 100_000; spin++) if (Atomics.load(box, mailbox.done) === given) break;
    for (;;) {
      const done = Atomics.load(box, mailbox.done);
      if (done === given) break;
      // A page's main thread must not sleep: it goes on looking.
      if (maySleep) Atomics.wait(box, mailbox.done, done);
    }
    if (Atomics.load(box, mailbox.failed) !== 0) throw new EigenganError('wasm: a kernel failed in a thread');
  };
  const record = (index: number, values: readonly number[]) => {
    if (end + 2 + values.length > capacity) {
      start();
      finish();
    }
    list[end] = index;
    list[end + 1] = values.length;
    list.set(values, end + 2);
    end += 2 + values.length;
    calls++;
  };
  const recorder = Object.fromEntries(
    simdKernelNames.map((name, index) => [name, (...values: number[]) => record(index, values)]),
  ) as unknown as SimdKernels;
  return { recorder, start, finish };
}

const maySleep = typeof window === 'undefined';

/** Resolves once the worker waits for work: until then a page's main thread must not be busy. */
async function startWorker(setup: object): Promise<void> {
  if (tf.env().getBool('IS_NODE')) {
    const { Worker: NodeWorker } = await nodeModule('node:worker_threads');
    const worker = new NodeWorker(workerScript, { eval: true, execArgv: [] });
    await new Promise((resolve, reject) => {
      worker.once('message', resolve);
      worker.once('error', reject);
      worker.postMessage(setup);
    });
    worker.unref();
    return;
  }
  const address = URL.createObjectURL(new Blob([workerScript], { type: 'text/javascript' }));
  const worker = new Worker(address);
  await new Promise((resolve, reject) => {
    worker.onmessage = resolve;
    worker.onerror = reject;
    worker.postMessage(setup);
  });
  URL.revokeObjectURL(address);
}
