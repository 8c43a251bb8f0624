import { assertFields, assertInteger, type RandomStream, seededStream } from '@eigengan/core';
import * as tf from '@tensorflow/tfjs-core';
import type * as tfl from '@tensorflow/tfjs-layers';
import { type EigenDimension, eigenDimensions } from './eigen-dimensions';
import { type GeneratorRenderer, rendererOf } from './generator-renderer';
import { type LatentOptions, sampleLatents } from './latents';
import { replaceColumn } from './replace-column';

/** Samples rendered at once. */
const batchSize = 32;

export interface ActivityOptions extends LatentOptions {
  /** Latents that the change is averaged over. Default: 8. */
  readonly samples?: number | undefined;
  /** Where they are drawn from. Default: a stream of seed 0. */
  readonly stream?: RandomStream | undefined;
}

/** An eigen-dimension, and what it does to the picture. */
export interface ActiveDimension extends EigenDimension {
  /**
   * Mean |change| of a pixel's channel per standard deviation of the coordinate, on the scale of [-1, 1]:
   * half of that between z = -1 and z = 1. Below 0.005 nobody sees it: the dimension is dead.
   */
  readonly activity: number;
}

/**
 * What each eigen-dimension changes in the picture, in the order of `eigenDimensions`. Importance alone does
 * not tell: a dimension whose features the later layers ignore keeps its importance. Renders two images per
 * sample and dimension.
 *
 * @param source a generator, or its renderer
 * @throws ArgumentError when it has no subspace, or an option is unknown or out of its range
 */
export async function dimensionActivity(
  source: tfl.LayersModel | GeneratorRenderer,
  options: ActivityOptions = {},
): Promise<ActiveDimension[]> {
  assertFields('dimensionActivity', options, ['samples', 'stream', 'truncation']);
  const { samples = 8, stream = seededStream(0, 'activity'), truncation } = options;
  assertInteger('dimensionActivity: samples', samples, { min: 1 });
  const renderer = rendererOf(source, { fold: true });
  const { generator } = renderer;
  try {
    const dimensions = await eigenDimensions(generator);
    const activities = dimensions.map(() => 0);
    for (let start = 0; start < samples; start += batchSize) {
      const count = Math.min(batchSize, samples - start);
      const latents = drawRows(generator, count, stream, { truncation });
      try {
        // The dimensions in turn, so that what lies below them is computed once for all.
        for (const [i, dimension] of dimensions.entries()) {
          const change = meanChange(renderer, dimension, latents);
          const [value = 0] = await change.data<'float32'>();
          change.dispose();
          activities[i] = (activities[i] ?? 0) + (value / 2) * (count / samples);
        }
      } finally {
        tf.dispose(latents);
      }
    }
    return dimensions.map((dimension, i) => ({ ...dimension, activity: activities[i] ?? 0 }));
  } finally {
    if (renderer !== source) renderer.dispose();
  }
}

/** Latents drawn one sample after the other, [count, width] each. */
function drawRows(
  generator: tfl.LayersModel,
  count: number,
  stream: RandomStream,
  options: LatentOptions,
): tf.Tensor2D[] {
  return tf.tidy(() => {
    const samples = Array.from({ length: count }, () => sampleLatents(generator, 1, stream, options));
    return generator.inputNames.map((_, i) =>
      tf.concat(
        samples.map((sample) => sample[i] ?? []),
        0,
      ),
    );
  });
}

/** Mean |G(z = 1) - G(z = -1)|, a scalar. */
function meanChange(
  renderer: GeneratorRenderer,
  { input, coordinate }: EigenDimension,
  latents: readonly tf.Tensor2D[],
): tf.Scalar {
  return tf.tidy(() => {
    const at = (value: number) =>
      renderer.render(
        latents.map((latent, i) =>
          renderer.generator.inputNames[i] === input
            ? replaceColumn(latent, coordinate, Array(latent.shape[0]).fill(value))
            : latent,
        ),
      );
    return tf.mean(tf.abs(tf.sub(at(1), at(-1))));
  });
}
