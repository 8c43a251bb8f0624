import { assertInteger } from '@eigengan/core';
import type { StartWorker } from './decode-worker';
import type { Decoder } from './decoder';
import { type Prepare, prepareHere } from './prepare';
import { workerPool } from './worker-pool';

/** How a platform decodes: `nodeDecoding`, `browserDecoding`. */
export interface Decoding {
  /**
   * Loads what decodes in the calling thread.
   *
   * @throws MissingPackageError when it is not installed
   */
  decoder(): Promise<Decoder>;
  /** Starts a thread that prepares. */
  readonly startWorker: StartWorker;
}

export interface Preparer {
  readonly prepare: Prepare;
  /** Ends the threads; what they were doing is refused. A later `prepare` starts them again. */
  close(): Promise<void>;
}

/** Prepares pictures in `workers` threads, started when there is work for them, or in the calling one with 0. */
export function preparer(decoding: Decoding, { workers }: { readonly workers: number }): Preparer {
  assertInteger('preparer: workers', workers, { min: 0, max: 64 });
  if (workers > 0) return workerPool(decoding.startWorker, workers);
  return { prepare: prepareHere(() => decoding.decoder()), close: async () => undefined };
}
