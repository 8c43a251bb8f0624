import { argumentError, EigenganError } from '@eigengan/core';
import * as tf from '@tensorflow/tfjs-core';
import { type ImportByName, importTensorflow } from './import-tensorflow';

/** TensorFlow as it was loaded; a process loads it once. */
export interface LoadedTensorflow {
  readonly version: string;
  /** How many threads share one operation; TensorFlow takes all cores unless told otherwise before it loads. */
  readonly threads: number;
}

let loaded: LoadedTensorflow | undefined;

/**
 * Imports tfjs-node-gpu where it is installed and loads, else tfjs-node.
 *
 * @param threads How many threads may share one operation. Default: TF_NUM_INTRAOP_THREADS, else all cores.
 * @throws MissingPackageError when neither is installed; EigenganError outside Node, when what is installed does
 *   not load, or when it was loaded before with another number of threads.
 */
export async function loadTensorflow(threads?: number): Promise<LoadedTensorflow> {
  if (typeof process === 'undefined' || process.versions?.node === undefined) {
    throw new EigenganError('useBackend: the backend tensorflow runs in Node only');
  }
  loaded ??= await load(threads);
  if (threads !== undefined && threads !== loaded.threads) {
    throw argumentError(
      'useBackend threads',
      `must be ${loaded.threads}, with which TensorFlow was loaded into this process`,
      threads,
    );
  }
  return loaded;
}

async function load(threads: number | undefined): Promise<LoadedTensorflow> {
  await restoreUtilities();
  // Whoever imported the package before us has decided already.
  if (tf.findBackendFactory('tensorflow') === null) {
    // TensorFlow reads all once. With oneDNN's kernels a training step is a quarter shorter.
    process.env.TF_ENABLE_ONEDNN_OPTS ??= '1';
    // The thread that waits for oneDNN takes a share of its work: one less is to be woken.
    process.env.TF_ONEDNN_THREADPOOL_USE_CALLER_THREAD ??= 'true';
    if (threads !== undefined) process.env.TF_NUM_INTRAOP_THREADS = String(threads);
  }
  const { version } = await importTensorflow(importByName);
  const { availableParallelism } = (await importByName('node:os')) as typeof import('node:os');
  return {
    version: version['tfjs-node'],
    threads: Number(process.env.TF_NUM_INTRAOP_THREADS) || availableParallelism(),
  };
}

const importByName: ImportByName = (name) => import(/* @vite-ignore */ /* webpackIgnore: true */ name);

/**
 * Node 23 removed `util.isNullOrUndefined` and announces the end of `util.isArray`: all that tfjs-node 4.22
 * misses in newer ones. It asks for them at each operation, so they may come back before it does.
 */
async function restoreUtilities(): Promise<void> {
  const { default: util } = (await importByName('node:util')) as { readonly default: object };
  const removed = {
    isNullOrUndefined: (value: unknown) => value === undefined || value === null,
    isArray: Array.isArray,
  };
  for (const [name, value] of Object.entries(removed)) if (!(name in util)) Reflect.set(util, name, value);
}
