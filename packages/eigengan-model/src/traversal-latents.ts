import { argumentError, assertFields, assertFinite, seededStream } from '@eigengan/core';
import * as tf from '@tensorflow/tfjs-core';
import type * as tfl from '@tensorflow/tfjs-layers';
import { type Latent, latentTensor } from './generator-renderer';
import { latentShapes } from './latent-shapes';
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

/** What the moved coordinate becomes. */
export function traversalValues({ values = defaultTraversalValues }: TraversalOptions): readonly number[] {
  if (values.length === 0) throw argumentError('traverse: values', 'needs at least one', values);
  values.forEach((value, i) => {
    assertFinite(`traverse: values[${i}]`, value);
  });
  return values;
}

/** The latents that a traversal starts from, one row each: the tensors given, or numbers. */
export function fixedLatents(generator: tfl.LayersModel, options: TraversalOptions): readonly Latent[] {
  assertFields('traverse', options, ['values', 'latents', 'seed', 'truncation', 'batchSize']);
  const { latents, seed, truncation } = options;
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
export function repeated(latent: Latent, rows: number): tf.Tensor2D {
  return tf.tile(latentTensor(latent), [rows, 1]);
}

/**
 * A latent of one row with each of the coordinates at each of the values: the rows to render, without
 * repetition where its numbers are known, and for each coordinate and value in turn which row it is.
 */
export function movedRows(
  latent: Latent,
  coordinates: readonly number[],
  values: readonly number[],
): { readonly rows: tf.Tensor2D; readonly places: readonly number[] } {
  if (latent instanceof tf.Tensor) {
    const base = repeated(latent, values.length);
    const rows = coordinates.map((coordinate) => replaceColumn(base, coordinate, values));
    return {
      rows: tf.concat2d(rows, 0),
      places: rows.flatMap((_, i) => values.map((_, j) => i * values.length + j)),
    };
  }
  const rows = new Map<string, { readonly place: number; readonly row: readonly number[] }>();
  const places = coordinates.flatMap((coordinate) =>
    values.map((value) => {
      const row = Array.from(latent, (other, j) => (j === coordinate ? value : other));
      const known = rows.get(row.join()) ?? { place: rows.size, row };
      rows.set(row.join(), known);
      return known.place;
    }),
  );
  return { rows: tf.tensor2d([...rows.values()].map(({ row }) => [...row])), places };
}
