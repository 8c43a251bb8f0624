import { assertFields, assertFinite, assertInteger } from '@eigengan/core';
import * as tf from '@tensorflow/tfjs-core';
import { generatedImages, spreadOf } from './generated-images';
import { type Finding, shortNumber } from './training-event';
import { assertPace, type SeenStep, type Watch, type WatchedRun, type Watcher } from './watcher';

export interface CollapseOptions {
  /** Threshold of the sample's diversity as a share of the data's. Default 0.2. */
  readonly below?: number | undefined;
  /** Images in the sample, and images of the data, at least, that it is compared with; at least 2. Default 64. */
  readonly samples?: number | undefined;
  /** In steps: it looks after each so many, the first time when the generator has had so long. Default 500. */
  readonly every?: number | undefined;
  /** Whether the event ends `fit`. Default false. */
  readonly stop?: boolean | undefined;
}

/**
 * Tells when the generator's images are much alike. The diversity of images is the standard deviation of a
 * value over the images, root mean square over pixels and channels: half the mean squared distance of two
 * images is its square. It compares a sample from fixed latents, by the generator itself (not its average) at
 * inference, with the first images of the data that the call of `fit` sees.
 *
 * Its events, of kind `collapse`, have the numbers `diversity` (of the sample), `data_diversity`, both in the
 * images' unit, and `ratio`.
 *
 * @throws ArgumentError when an option is out of its range
 */
export function collapse({
  below = 0.2,
  samples = 64,
  every = 500,
  stop = false,
  ...others
}: CollapseOptions = {}): Watcher {
  const kind = 'collapse';
  assertFields(kind, others, ['below', 'samples', 'every', 'stop']);
  assertFinite(`${kind}: below`, below, { exclusiveMin: 0 });
  assertInteger(`${kind}: samples`, samples, { min: 2 });
  assertPace(kind, { every, stop });
  return { kind, every, stop, begin: (run) => new DiversityWatch(run, { below, samples }) };
}

class DiversityWatch implements Watch {
  readonly #run: WatchedRun;
  readonly #below: number;
  readonly #samples: number;
  /** Images of the data so far, the sum of them, and the sum of the mean squares of their values. */
  #count = 0;
  #sum: tf.Tensor | null = null;
  #squares: tf.Tensor | null = null;

  constructor(run: WatchedRun, { below, samples }: { readonly below: number; readonly samples: number }) {
    this.#run = run;
    this.#below = below;
    this.#samples = samples;
  }

  see({ images }: SeenStep): void {
    if (this.#count >= this.#samples) return;
    this.#count += images.shape[0] ?? 0;
    this.#sum = accumulated(this.#sum, () => tf.sum(images, 0));
    this.#squares = accumulated(this.#squares, () => tf.sum(tf.mean(tf.square(flat(images)), 1)));
  }

  async look(): Promise<Finding | null> {
    const [run, below, count, sum, squares] = [this.#run, this.#below, this.#count, this.#sum, this.#squares];
    if (sum === null || squares === null || count < this.#samples) return null;
    const latents = run.latents(this.#samples);
    try {
      const { sample = 0, data = 0 } = await run.read(() => ({
        sample: spreadOf(generatedImages(run.generator, latents)),
        data: tf.sub(tf.div(squares, count), tf.mean(tf.square(tf.div(sum, count)))),
      }));
      const diversity = Math.sqrt(sample);
      const ofData = Math.sqrt(Math.max(0, data));
      if (!(diversity < below * ofData)) return null;
      return {
        message:
          `generated images must differ by at least ${below} of what the data's do, but their diversity is ` +
          `${shortNumber(diversity)} where the data's is ${shortNumber(ofData)}`,
        hint: 'The generator has collapsed: go back to a checkpoint from before, with a stronger gradient penalty or lower learning rates',
        about: [],
        numbers: { diversity, data_diversity: ofData, ratio: diversity / ofData },
      };
    } finally {
      tf.dispose(latents);
    }
  }

  dispose(): void {
    this.#sum?.dispose();
    this.#squares?.dispose();
  }
}

/** A sum with one more added, in the old one's place. */
function accumulated(before: tf.Tensor | null, compute: () => tf.Tensor): tf.Tensor {
  const after = tf.tidy(() => (before === null ? compute() : tf.add(before, compute())));
  before?.dispose();
  return after;
}

function flat(images: tf.Tensor): tf.Tensor {
  return tf.reshape(images, [images.shape[0] ?? 0, -1]);
}
