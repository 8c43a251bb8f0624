import type { OpenCache } from '../cache/image-cache';
import type { Decoding } from '../decode/preparer';

/** What Node and browsers have each in their own way. */
export interface Platform {
  readonly decoding: Decoding;
  /** Threads that decode, unless the options say otherwise. */
  readonly workers: number;
  /** Opens a cache on disk; absent where there is no disk. */
  readonly openCache?: OpenCache | undefined;
}

/** Threads that leave one of so many cores to who trains. */
export function workersFor(cores: number): number {
  return Math.min(8, Math.max(1, Math.floor(cores) - 1));
}
