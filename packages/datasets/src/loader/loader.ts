import { ArgumentError, type Batch, type ImageSource, type Loader } from '@eigengan/core';
import * as tf from '@tensorflow/tfjs-core';
import { type LoaderOptions, type LoaderPlan, planOf } from './loader-options';
import { type LoaderPosition, positionOf, stateOf } from './loader-position';
import { type BatchPlan, schedule } from './loader-schedule';
import { readBatch } from './read-batch';

/** A loader of float32 tensors. */
export interface ImageLoader extends Loader<tf.Tensor4D> {
  /** [height, width, channels] of every image. */
  readonly shape: readonly [height: number, width: number, channels: number];
  /** Images a batch that is handed out: of a shard, its part. */
  readonly batch: number;
  /** Whole batches in the source; what remains is left out of that epoch. */
  readonly batchesPerEpoch: number;
}

/**
 * Shuffled batches of a source, without end unless `epochs` is given.
 *
 * A batch is `{ images, index }`: float32 `[batch, height, width, channels]` in [-1, 1], or the shard's part of
 * it, and which image of the source each is. Who pulls a batch disposes of `images`; what is prefetched is plain memory, so that
 * leaving the loop leaks nothing.
 *
 * An epoch has floor(length / batch) batches. With `shuffle` the remainder is another one each epoch.
 *
 * The loader keeps one position, that of the last batch handed out. A loop begins there, so after `break`
 * the next loop goes on. A new loop, or `restore`, takes the position from a loop that is still open: that
 * one's next pull is refused.
 *
 * @throws ArgumentError when an option is bad, or the source is smaller than one batch
 */
export function loader(source: ImageSource, options: LoaderOptions): ImageLoader {
  const plan = planOf(source, options);
  let position: LoaderPosition = { epoch: 0, batches: 0 };
  let current = {};

  async function* iterate(mine: object): AsyncGenerator<Batch<tf.Tensor4D>, void> {
    const coming = schedule(plan, position);
    const ready = new Prefetch(source, plan, coming);
    try {
      while (true) {
        assertCurrent(mine === current);
        const next = await ready.pull();
        assertCurrent(mine === current);
        if (next === undefined) return;
        position = next.batch.after;
        const images = tf.tensor4d(next.values, [next.batch.index.length, ...source.shape]);
        yield { images, index: next.batch.index };
      }
    } finally {
      await ready.close();
    }
  }

  return {
    shape: source.shape,
    batch: plan.batch / plan.shard.size,
    batchesPerEpoch: plan.batchesPerEpoch,
    state: () => stateOf(plan, position),
    restore: (state) => {
      position = positionOf(plan, state);
      current = {};
    },
    [Symbol.asyncIterator]: () => {
      current = {};
      return iterate(current);
    },
  };
}

interface ReadyBatch {
  readonly batch: BatchPlan;
  readonly values: Float32Array;
}

/** Batches being read ahead, in order. */
class Prefetch {
  readonly #queue: Promise<ReadyBatch>[] = [];

  constructor(
    private readonly source: ImageSource,
    private readonly plan: LoaderPlan,
    private readonly coming: Iterator<BatchPlan, void>,
  ) {}

  async pull(): Promise<ReadyBatch | undefined> {
    this.#fill(1);
    const next = await this.#queue.shift();
    // Only now, so that the first batch does not wait for the second.
    this.#fill(this.plan.prefetch);
    return next;
  }

  /** Waits for the batches that are being read ahead, and drops them. */
  async close(): Promise<void> {
    await Promise.allSettled(this.#queue.splice(0));
  }

  #fill(count: number): void {
    while (this.#queue.length < count) {
      const { value: batch, done } = this.coming.next();
      if (done || batch === undefined) return;
      const reading = readBatch(this.source, batch).then((values) => ({ batch, values }));
      // A failure is reported by the pull that awaits it, or by nobody after a break.
      reading.catch(() => undefined);
      this.#queue.push(reading);
    }
  }
}

function assertCurrent(isCurrent: boolean): void {
  if (isCurrent) return;
  throw new ArgumentError('loader: one loop at a time: another one, or restore(), took over the position');
}
