import { ArgumentError, type Batch, type ImageSource, type Loader } from '@eigengan/core';
import * as tf from '@tensorflow/tfjs-core';
import { batchReader } from './batch-reader';
import { type LoaderOptions, planOf } from './loader-options';
import { type LoaderPosition, positionOf, stateOf } from './loader-position';
import { schedule } from './loader-schedule';
import { Prefetch } from './prefetch';

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
 * it, and which image of the source each is. Who pulls a batch disposes of `images`; what is prefetched is plain
 * memory, so that leaving the loop leaks nothing.
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
  const read = batchReader(source, options);
  let position: LoaderPosition = { epoch: 0, batches: 0 };
  let current = {};

  async function* iterate(mine: object): AsyncGenerator<Batch<tf.Tensor4D>, void> {
    const coming = schedule(plan, position);
    const ready = new Prefetch(read, plan.prefetch, coming);
    try {
      while (true) {
        assertCurrent(mine === current);
        const next = await ready.pull();
        assertCurrent(mine === current);
        if (next === undefined) return;
        position = next.after;
        const images = tf.tensor4d(next.values, [next.index.length, ...source.shape]);
        yield { images, index: next.index };
      }
    } finally {
      await ready.close();
      // A newer loop is still reading from it.
      if (mine === current) await source.close?.();
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

function assertCurrent(isCurrent: boolean): void {
  if (isCurrent) return;
  throw new ArgumentError('loader: one loop at a time: another one, or restore(), took over the position');
}
