import { argumentError, assertFinite, assertInteger, seededStream } from '@eigengan/core';
import * as tf from '@tensorflow/tfjs-core';
import type * as tfl from '@tensorflow/tfjs-layers';
import { type DimensionPlace, findDimension } from './dimension-names';
import { latentShapes } from './generator-structure';
import { modeLatents, sampleLatents } from './latents';

export interface TraversalOptions {
  /** What the coordinate becomes, in standard deviations, one image each. Default: 7 from -3 to 3. */
  readonly values?: readonly number[] | undefined;
  /** Everything else: one input each, [1, width], in the generator's order. They stay the caller's. */
  readonly latents?: readonly tf.Tensor[] | undefined;
  /** Draws everything else instead. Default, without `latents`: the mode, zeros. */
  readonly seed?: number | undefined;
  /** Standard deviations beyond which what the seed draws is drawn again. */
  readonly truncation?: number | undefined;
  /** Images the generator makes at once. Default: 32. */
  readonly batchSize?: number | undefined;
}

/** -3, -2, ..., 3 standard deviations. */
export const defaultTraversalValues: readonly number[] = [-3, -2, -1, 0, 1, 2, 3];

/**
 * Images along one eigen-dimension: only that coordinate moves, every other number of the latents is the
 * same bit for bit.
 *
 * @returns [values, height, width, channels] in [-1, 1], which the caller disposes
 * @throws ArgumentError when the generator has no such dimension, or the latents do not fit it
 */
export function traverse(
  generator: tfl.LayersModel,
  dimension: DimensionPlace,
  options: TraversalOptions = {},
): tf.Tensor4D {
  const { batchSize = 32 } = options;
  assertInteger('traverse: batchSize', batchSize, { min: 1 });
  return tf.tidy(() => predictImages(generator, traversalBatch(generator, dimension, options), batchSize));
}

/**
 * The latents of a traversal, [values, width] each in the generator's order, for who renders them otherwise.
 * The caller disposes of them.
 */
export function traversalBatch(
  generator: tfl.LayersModel,
  dimension: DimensionPlace,
  options: TraversalOptions = {},
): tf.Tensor2D[] {
  const { input } = findDimension('traverse', generator, dimension);
  const { values = defaultTraversalValues } = options;
  if (values.length === 0) throw argumentError('traverse: values', 'needs at least one', values);
  values.forEach((value, i) => {
    assertFinite(`traverse: values[${i}]`, value);
  });
  return tf.tidy(() => {
    const fixed = fixedLatents(generator, options);
    return generator.inputNames.map((name, i) => {
      const latent = fixed[i];
      if (latent === undefined) throw argumentError('traverse: latents', 'has none for an input', name);
      const repeated: tf.Tensor2D = tf.tile(latent, [values.length, 1]);
      return name === input ? replaceColumn(repeated, dimension.coordinate, values) : repeated;
    });
  });
}

/** `generator.predict` as one tensor of images. */
export function predictImages(
  generator: tfl.LayersModel,
  latents: tf.Tensor[],
  batchSize: number,
): tf.Tensor4D {
  const images = generator.predict(latents, { batchSize });
  if (Array.isArray(images) || !isImages(images)) {
    throw argumentError('generator', 'must give one tensor of images', generator.outputs.length);
  }
  return images;
}

function isImages(tensor: tf.Tensor): tensor is tf.Tensor4D {
  return tensor.rank === 4;
}

function fixedLatents(
  generator: tfl.LayersModel,
  { latents, seed, truncation }: TraversalOptions,
): tf.Tensor2D[] {
  if (latents !== undefined && (seed !== undefined || truncation !== undefined)) {
    throw argumentError('traverse', 'takes latents, or a seed with a truncation, not both', {
      seed,
      truncation,
    });
  }
  if (latents === undefined) {
    if (seed !== undefined) return sampleLatents(generator, 1, seededStream(seed, 'latents'), { truncation });
    if (truncation === undefined) return modeLatents(generator);
    throw argumentError('traverse', 'truncation needs a seed whose draws it cuts', { truncation });
  }
  const widths = Object.entries(latentShapes(generator));
  if (latents.length !== widths.length) {
    const names = widths.map(([name]) => name).join(', ');
    throw argumentError('traverse: latents', `must be one each for ${names}`, latents.length);
  }
  return latents.map((latent, i) => {
    const [name, width = 0] = widths[i] ?? [];
    if (latent.rank === 2 && latent.shape[0] === 1 && latent.shape[1] === width) {
      return tf.reshape<tf.Rank.R2>(latent, [1, width]);
    }
    throw argumentError(`traverse: latents[${i}]`, `must be [1, ${width}] for ${name}`, latent.shape);
  });
}

/** `matrix` with one column exchanged, the others copied bit for bit. */
function replaceColumn(matrix: tf.Tensor2D, column: number, values: readonly number[]): tf.Tensor2D {
  const [rows, columns] = matrix.shape;
  const parts = [
    tf.slice(matrix, [0, 0], [rows, column]),
    tf.tensor2d([...values], [rows, 1]),
    tf.slice(matrix, [0, column + 1], [rows, columns - column - 1]),
  ];
  return tf.concat(
    parts.filter((part) => part.size > 0),
    1,
  );
}
