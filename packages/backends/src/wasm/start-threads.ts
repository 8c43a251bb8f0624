import { assertInteger, EigenganError } from '@eigengan/core';
import * as tf from '@tensorflow/tfjs-core';
import type { WasmBackend } from './kernel';
import { patchNode } from './patch-node';
import { patchPage } from './patch-page';
import { addHelpers, sharesSimd } from './simd-module';

/** What is used of `@tensorflow/tfjs-backend-wasm`. */
interface WasmPackage {
  setThreadsCount(count: number): void;
  getThreadsCount(): number;
}

/** tfjs starts a pool of eight, the calling thread included. */
const mostThreads = 8;

/** Threads that compute; what tfjs says of its own tells nothing of ours. */
let running = 1;

/** How many threads compute on the backend `wasm`. */
export function threadsOfWasm(): number {
  return running;
}

const supportFlag = 'WASM_HAS_MULTITHREAD_SUPPORT';

/**
 * Decides with how many threads the backend computes, and starts it where that is more than one.
 *
 * @param threads Undefined: one, or as many as it already runs with.
 * @throws ArgumentError when it is no number of threads; EigenganError when so many cannot be had, or the
 *   backend already runs with another number.
 */
export async function startThreads(wasm: WasmPackage, threads: number | undefined): Promise<void> {
  if (threads !== undefined) assertInteger('useBackend threads', threads, { min: 1, max: mostThreads });
  // Not findBackend, which would start it.
  if ('wasm' in tf.engine().registry) {
    if (threads === undefined || threads === running) return;
    throw new EigenganError(
      `useBackend: threads must stay what wasm started with, ${running}, got ${threads}`,
      { hint: 'Give threads to the first useBackend of the process or page' },
    );
  }
  if (threads === undefined || threads === 1) {
    // The build without threads starts faster and computes the same.
    tf.env().set(supportFlag, false);
    return;
  }
  await startMany(wasm, threads);
}

/**
 * Starts tfjs's threaded build. Where this package's kernels share its memory the threads are theirs, and
 * tfjs's own kernels, of which a step has few and small ones left, compute on the calling thread: two sets of
 * threads on the same cores wait for each other.
 */
async function startMany(wasm: WasmPackage, threads: number): Promise<void> {
  const inNode = tf.env().getBool('IS_NODE');
  if (!inNode && globalThis.crossOriginIsolated !== true) {
    throw new EigenganError(
      `useBackend: threads must be 1 in a page that is not isolated from other origins, got ${threads}`,
      {
        hint: 'Serve it with Cross-Origin-Opener-Policy: same-origin and Cross-Origin-Embedder-Policy: require-corp',
      },
    );
  }
  tf.env().set(supportFlag, true);
  const ours = sharesSimd();
  const stock = ours ? 1 : threads;
  wasm.setThreadsCount(stock);
  const restore = await (inNode ? patchNode(threads) : patchPage(threads));
  const started = await tf
    .setBackend('wasm')
    .catch((cause: unknown) => {
      throw new EigenganError(`useBackend: wasm did not start with ${threads} threads`, { cause });
    })
    .finally(() => {
      restore();
      // tfjs's own value there.
      if (inNode) tf.env().set(supportFlag, false);
    });
  const count = started ? wasm.getThreadsCount() : 0;
  if (count !== stock) {
    throw new EigenganError(`useBackend: tfjs's wasm must start with threads: ${stock}, got ${count}`);
  }
  const backend = tf.findBackend('wasm') as unknown as WasmBackend;
  settle(backend);
  if (ours) await addHelpers(backend, threads - 1);
  running = threads;
}

/** Ends the workers that tfjs started and does not need, and lets Node end while the others wait for work. */
function settle({ wasm: { PThread: pool } }: WasmBackend): void {
  for (const worker of pool?.unusedWorkers.splice(0) ?? []) void worker.terminate();
  for (const worker of pool?.runningWorkers ?? []) worker.unref?.();
}
