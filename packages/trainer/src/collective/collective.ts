/**
 * Processes that train together. Every one of them must ask for the same things in the same order; what it
 * asks for ends when all have asked. `openMpi()` is one; sockets or worker threads can be another.
 */
export interface Collective {
  /** Which of the processes this one is, from 0 on. Files are written by rank 0 alone. */
  readonly rank: number;
  /** How many processes there are, at least 1. */
  readonly size: number;
  /**
   * Puts the sum, or the mean, over the processes of each value in its place: the same bytes in every
   * process. `values` has the same length everywhere and is not to be touched meanwhile.
   */
  allReduce(values: Float32Array, operation: 'sum' | 'mean'): Promise<void>;
  /** Overwrites `values`, of the same type and length everywhere, with those of the process `root`. */
  broadcast(values: Float32Array | Uint8Array, root: number): Promise<void>;
}
