import type { BatchReader, ReadBatch } from './batch-reader';
import type { LoaderPosition } from './loader-position';
import type { BatchPlan } from './loader-schedule';

interface ReadyBatch extends ReadBatch {
  readonly after: LoaderPosition;
}

/** Batches being read ahead, in order: at most `ahead`, beside the one that was pulled last. */
export class Prefetch {
  readonly #queue: Promise<ReadyBatch>[] = [];
  readonly #read: BatchReader;
  readonly #ahead: number;
  readonly #coming: Iterator<BatchPlan, void>;

  constructor(read: BatchReader, ahead: number, coming: Iterator<BatchPlan, void>) {
    this.#read = read;
    this.#ahead = ahead;
    this.#coming = coming;
  }

  async pull(): Promise<ReadyBatch | undefined> {
    this.#fill(1);
    const next = await this.#queue.shift();
    // Only now, so that the first batch does not wait for the second.
    this.#fill(this.#ahead);
    return next;
  }

  /** Waits for the batches that are being read ahead, and drops them. */
  async close(): Promise<void> {
    await Promise.allSettled(this.#queue.splice(0));
  }

  #fill(count: number): void {
    while (this.#queue.length < count) {
      const { value: batch, done } = this.#coming.next();
      if (done || batch === undefined) return;
      const reading = this.#read(batch).then((ready) => ({ ...ready, after: batch.after }));
      // A failure is reported by the pull that awaits it, or by nobody after a break.
      reading.catch(() => undefined);
      this.#queue.push(reading);
    }
  }
}
