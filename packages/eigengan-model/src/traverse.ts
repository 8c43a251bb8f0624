import { assertInteger } from '@eigengan/core';
import * as tf from '@tensorflow/tfjs-core';
import type * as tfl from '@tensorflow/tfjs-layers';
import { type DimensionPlace, findDimension } from './dimension-names';
import { type GeneratorRenderer, type Latent, rendererOf } from './generator-renderer';
import { replaceColumn } from './replace-column';
import { takeRows } from './take-rows';
import {
  fixedLatents,
  movedRows,
  repeated,
  type TraversalOptions,
  traversalValues,
} from './traversal-latents';

/**
 * Images along one eigen-dimension: only that coordinate moves, every other number of the latents is the
 * same bit for bit. The layers below its block run once.
 *
 * @param source a generator, or a renderer of it
 * @returns [values, height, width, channels] in [-1, 1], which the caller disposes
 * @throws ArgumentError when the generator has no such dimension, or the latents do not fit it
 */
export function traverse(
  source: tfl.LayersModel | GeneratorRenderer,
  dimension: DimensionPlace,
  options: TraversalOptions = {},
): tf.Tensor4D {
  const [row] = traversals(source, [dimension], options);
  if (row === undefined) throw new Error('traverse: no images');
  return row.images;
}

/** The images along a dimension. */
export interface Traversal<D extends DimensionPlace = DimensionPlace> {
  readonly dimension: D;
  /** [values, height, width, channels] in [-1, 1]. */
  readonly images: tf.Tensor4D;
}

/**
 * A sheet: what `traverse` gives for each of the dimensions. The layers below a block run once for all its
 * dimensions; and where the latents are the mode or a seed's, not tensors, no image of a block is made twice.
 *
 * @param source a generator, or a renderer of it
 * @returns a row each, in the order of the dimensions; the caller disposes of the images
 * @throws ArgumentError when the generator has no such dimension, or the latents do not fit it
 */
export function traversals<D extends DimensionPlace>(
  source: tfl.LayersModel | GeneratorRenderer,
  dimensions: readonly D[],
  options: TraversalOptions = {},
): Traversal<D>[] {
  // For one row it is enough that each batch folds.
  const renderer = rendererOf(source, { fold: dimensions.length > 1 });
  try {
    const images = sheetOf(renderer, dimensions, options);
    return dimensions.flatMap((dimension, i) => {
      const own = images[i];
      return own === undefined ? [] : [{ dimension, images: own }];
    });
  } finally {
    if (renderer !== source) renderer.dispose();
  }
}

function sheetOf(
  renderer: GeneratorRenderer,
  dimensions: readonly DimensionPlace[],
  options: TraversalOptions,
): tf.Tensor4D[] {
  const { generator } = renderer;
  const { batchSize = 32 } = options;
  assertInteger('traverse: batchSize', batchSize, { min: 1 });
  const inputs = dimensions.map((dimension) => findDimension('traverse', generator, dimension).input);
  const values = traversalValues(options);
  return tf.tidy(() => {
    const latents = fixedLatents(generator, options);
    const images: tf.Tensor4D[] = [];
    for (const [place, latent] of latents.entries()) {
      // All dimensions of a block one after the other, wherever they are in the sheet.
      const moved = [...inputs.keys()].filter((i) => inputs[i] === generator.inputNames[place]);
      if (moved.length === 0) continue;
      const coordinates = moved.map((i) => dimensions[i]?.coordinate ?? 0);
      const { rows, places } = movedRows(latent, coordinates, values);
      const made = renderRows(renderer, latents, place, rows, batchSize);
      for (const [j, i] of moved.entries()) {
        images[i] = takeRows(made, places.slice(j * values.length, (j + 1) * values.length));
      }
    }
    return images;
  });
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
  const values = traversalValues(options);
  return tf.tidy(() =>
    fixedLatents(generator, options).map((latent, i) => {
      const rows = repeated(latent, values.length);
      return generator.inputNames[i] === input ? replaceColumn(rows, dimension.coordinate, values) : rows;
    }),
  );
}

/** The images of the rows that one latent takes, so many at once. */
function renderRows(
  renderer: GeneratorRenderer,
  latents: readonly Latent[],
  place: number,
  rows: tf.Tensor2D,
  batchSize: number,
): tf.Tensor4D {
  const images: tf.Tensor4D[] = [];
  for (let start = 0; start < rows.shape[0]; start += batchSize) {
    const part = tf.slice(rows, [start, 0], [Math.min(batchSize, rows.shape[0] - start), -1]);
    images.push(renderer.render(latents.map((latent, i) => (i === place ? part : latent))));
  }
  return tf.concat4d(images, 0);
}
