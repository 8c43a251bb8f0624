import { assertInteger, type RandomStream, seededStream } from '@eigengan/core';
import * as tf from '@tensorflow/tfjs-core';
import type * as tfl from '@tensorflow/tfjs-layers';
import { type EigenDimension, eigenDimensions } from './eigen-dimensions';
import { type LatentOptions, sampleLatents } from './latents';
import { predictImages, traversalBatch } from './traverse';

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
 */
export async function dimensionActivity(
  generator: tfl.LayersModel,
  { samples = 8, stream = seededStream(0, 'activity'), truncation }: ActivityOptions = {},
): Promise<ActiveDimension[]> {
  assertInteger('dimensionActivity: samples', samples, { min: 1 });
  const dimensions = await eigenDimensions(generator);
  const latents = Array.from({ length: samples }, () => sampleLatents(generator, 1, stream, { truncation }));
  try {
    const active: ActiveDimension[] = [];
    for (const dimension of dimensions) {
      const change = tf.tidy(() => meanChange(generator, dimension, latents));
      const [value = 0] = await change.data<'float32'>();
      change.dispose();
      active.push({ ...dimension, activity: value / 2 });
    }
    return active;
  } finally {
    tf.dispose(latents);
  }
}

/** Mean |G(z = 1) - G(z = -1)|, a scalar. */
function meanChange(
  generator: tfl.LayersModel,
  dimension: EigenDimension,
  latents: readonly tf.Tensor2D[][],
): tf.Scalar {
  const pairs = latents.map((one) => traversalBatch(generator, dimension, { latents: one, values: [-1, 1] }));
  const batch = generator.inputNames.map((_, i) =>
    tf.concat(
      pairs.map((pair) => pair[i] ?? []),
      0,
    ),
  );
  const images = predictImages(generator, batch, 32);
  const [count, ...shape] = images.shape;
  const [low, high] = tf.unstack(tf.reshape(images, [count / 2, 2, ...shape]), 1);
  if (low === undefined || high === undefined) throw new Error('dimensionActivity: no pair');
  return tf.mean(tf.abs(tf.sub(high, low)));
}
