import { argumentError, assertFinite, assertInteger, seededStream } from '@eigengan/core';
import * as tf from '@tensorflow/tfjs-core';
import type * as tfl from '@tensorflow/tfjs-layers';
import { type DimensionPlace, findDimension } from './dimension-names';
import { GeneratorRenderer, type Latent, latentTensor } from './generator-renderer';
import { latentShapes } from './generator-structure';
import { drawLatents } from './latents';
import { replaceColumn } from './replace-column';

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
 * same bit for bit. The layers below its block run once.
 *
 * @param source a generator; or its renderer, which for several dimensions keeps what they share
 * @returns [values, height, width, channels] in [-1, 1], which the caller disposes
 * @throws ArgumentError when the generator has no such dimension, or the latents do not fit it
 */
export function traverse(
  source: tfl.LayersModel | GeneratorRenderer,
  dimension: DimensionPlace,
  options: TraversalOptions = {},
): tf.Tensor4D {
  const { batchSize = 32 } = options;
  assertInteger('traverse: batchSize', batchSize, { min: 1 });
  const renderer = rendererOf(source);
  try {
    return tf.tidy(() => {
      const { place, rows, latents } = traversalLatents(renderer.generator, dimension, options);
      const images: tf.Tensor4D[] = [];
      for (let start = 0; start < rows.shape[0]; start += batchSize) {
        const count = Math.min(batchSize, rows.shape[0] - start);
        const moved = tf.slice(rows, [start, 0], [count, -1]);
        images.push(renderer.render(latents.map((latent, i) => (i === place ? moved : latent))));
      }
      const [first] = images;
      return images.length === 1 && first !== undefined ? first : tf.concat4d(images, 0);
    });
  } finally {
    if (renderer !== source) renderer.dispose();
  }
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
  return tf.tidy(() => {
    const { place, rows, latents } = traversalLatents(generator, dimension, options);
    return latents.map((latent, i) => (i === place ? rows : repeated(latent, rows.shape[0])));
  });
}

/** What is given when it is a renderer, else one for the caller to dispose: of models it cannot cut, too. */
export function rendererOf(source: tfl.LayersModel | GeneratorRenderer): GeneratorRenderer {
  return source instanceof GeneratorRenderer ? source : new GeneratorRenderer(source, { uncut: 'whole' });
}

interface TraversalLatents {
  /** What all images share, one row each, in the generator's order. */
  readonly latents: readonly Latent[];
  /** Place of the input that moves. */
  readonly place: number;
  /** What it moves to, [values, width]. */
  readonly rows: tf.Tensor2D;
}

function traversalLatents(
  generator: tfl.LayersModel,
  dimension: DimensionPlace,
  options: TraversalOptions,
): TraversalLatents {
  const { input } = findDimension('traverse', generator, dimension);
  const { values = defaultTraversalValues } = options;
  if (values.length === 0) throw argumentError('traverse: values', 'needs at least one', values);
  values.forEach((value, i) => {
    assertFinite(`traverse: values[${i}]`, value);
  });
  const latents = fixedLatents(generator, options);
  const place = generator.inputNames.indexOf(input);
  const latent = latents[place];
  if (latent === undefined) throw argumentError('traverse: latents', 'has none for an input', input);
  const rows = replaceColumn(repeated(latent, values.length), dimension.coordinate, values);
  return { latents, place, rows };
}

/** Numbers where they are drawn here, so that a renderer knows them again. */
function fixedLatents(
  generator: tfl.LayersModel,
  { latents, seed, truncation }: TraversalOptions,
): readonly Latent[] {
  if (latents !== undefined && (seed !== undefined || truncation !== undefined)) {
    throw argumentError('traverse', 'takes latents, or a seed with a truncation, not both', {
      seed,
      truncation,
    });
  }
  const shapes = latentShapes(generator);
  if (latents === undefined) {
    if (seed !== undefined) return drawLatents(shapes, 1, seededStream(seed, 'latents'), { truncation });
    if (truncation === undefined) return Object.values(shapes).map((width) => new Float32Array(width));
    throw argumentError('traverse', 'truncation needs a seed whose draws it cuts', { truncation });
  }
  const widths = Object.entries(shapes);
  if (latents.length !== widths.length) {
    const names = widths.map(([name]) => name).join(', ');
    throw argumentError('traverse: latents', `must be one each for ${names}`, latents.length);
  }
  latents.forEach((latent, i) => {
    const [name, width = 0] = widths[i] ?? [];
    if (latent.rank === 2 && latent.shape[0] === 1 && latent.shape[1] === width) return;
    throw argumentError(`traverse: latents[${i}]`, `must be [1, ${width}] for ${name}`, latent.shape);
  });
  return latents;
}

/** A latent of one row as [rows, width]. */
function repeated(latent: Latent, rows: number): tf.Tensor2D {
  return tf.tile(latentTensor(latent), [rows, 1]);
}
