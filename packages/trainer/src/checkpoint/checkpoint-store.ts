/** What a store tells of a checkpoint without reading it. */
export interface StoredCheckpoint {
  /** Steps done when it was taken; what a store knows it by. */
  readonly step: number;
  /** In bytes. */
  readonly size: number;
}

/**
 * A place that keeps checkpoints of one run, one a step. `fileStore(folder)` of `@eigengan/trainer/node` and
 * `browserStore(name)` of `@eigengan/trainer/browser` are such places; one's own needs these four functions.
 */
export interface CheckpointStore {
  /**
   * Keeps the bytes of `trainer.checkpoint()`, in the place of those of the same step. When it resolves they
   * are durable; when it rejects, or the process dies, the store is as it was.
   */
  save(step: number, bytes: Uint8Array): Promise<void>;
  /** The bytes of a step; rejects when it has none. */
  load(step: number): Promise<Uint8Array>;
  /** What it keeps, ascending by step. */
  list(): Promise<readonly StoredCheckpoint[]>;
  /** Nothing happens when there is none of this step. */
  remove(step: number): Promise<void>;
}
