import { assertFields } from '@eigengan/core';
import { assertPace, type Watcher } from './watcher';

export interface SmallDataSetOptions {
  /** In steps: it counts the different images of the first so many steps of a call of `fit`. Default 10. */
  readonly every?: number | undefined;
  /** Whether the event ends `fit`. Default false. */
  readonly stop?: boolean | undefined;
}

/**
 * Tells when there are fewer images than a batch should hold (`batch` of the loader, else the largest batch
 * so far): a loader of one's own then repeats images, or hands out smaller batches. It goes by `index` of the
 * batches; of a loader that gives all images one and the same index it says nothing.
 *
 * Its events, of kind `small-data-set`, have the numbers `images` (different ones) and `batch`.
 *
 * @throws ArgumentError when an option is out of its range
 */
export function smallDataSet({ every = 10, stop = false, ...others }: SmallDataSetOptions = {}): Watcher {
  const kind = 'small-data-set';
  assertFields(kind, others, ['every', 'stop']);
  assertPace(kind, { every, stop });
  return {
    kind,
    every,
    stop,
    begin: (run) => {
      const different = new Set<number>();
      let [steps, largest] = [0, 0];
      return {
        see: ({ images, index }) => {
          if (steps++ >= every) return;
          for (const image of index) different.add(image);
          largest = Math.max(largest, images.shape[0] ?? 0);
        },
        look: () => {
          const [images, batch] = [different.size, run.batch ?? largest];
          if (steps < every || images < 2 || images >= batch) return null;
          return {
            message: `${every} batches showed ${images} different images, fewer than a batch of ${batch} holds`,
            hint: `Use a batch of at most ${images}, or more images`,
            about: [],
            numbers: { images, batch },
          };
        },
      };
    },
  };
}
