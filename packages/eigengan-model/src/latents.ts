import {
  assertFields,
  assertFinite,
  assertInteger,
  fillNormal,
  fillTruncatedNormal,
  type RandomStream,
} from '@eigengan/core';
import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import { latentShapes } from './latent-shapes';

export interface LatentOptions {
  /** Standard deviations beyond which a number is drawn again (the official code's). Default: none. */
  readonly truncation?: number | undefined;
}

/** Draws the inputs of a generator: `(batch, stream) => tensors` in the order of its inputs. */
export type LatentSampler = (batch: number, stream: RandomStream) => tf.Tensor2D[];

/**
 * Standard normal inputs for a generator, in the order of its inputs, each [batch, width]. The caller
 * disposes of them.
 *
 * @param source the generator, or its `latentShapes`
 * @throws ArgumentError when the batch is not a positive integer, or the truncation not above 0.01 (almost
 * every number would be drawn again), or an option is unknown
 */
export function sampleLatents(
  source: tfl.LayersModel | Readonly<Record<string, number>>,
  batch: number,
  stream: RandomStream,
  options: LatentOptions = {},
): tf.Tensor2D[] {
  assertFields('sampleLatents', options, ['truncation']);
  assertInteger('sampleLatents: batch', batch, { min: 1 });
  return drawLatents(shapesOf(source), batch, stream, options).map((values) =>
    tf.tensor2d(values, [batch, values.length / batch]),
  );
}

/** The numbers of `sampleLatents`: an array [batch * width] for each input. */
export function drawLatents(
  shapes: Readonly<Record<string, number>>,
  batch: number,
  stream: RandomStream,
  { truncation }: LatentOptions = {},
): Float32Array[] {
  if (truncation !== undefined) {
    assertFinite('sampleLatents: truncation', truncation, { exclusiveMin: 0.01 });
  }
  return Object.values(shapes).map((width) => {
    const values = new Float32Array(batch * width);
    if (truncation === undefined) fillNormal(stream, values);
    else fillTruncatedNormal(stream, values, { threshold: truncation });
    return values;
  });
}

/** `sampleLatents` of one generator as a function, for a trainer. */
export function latentSampler(
  generator: tfl.LayersModel | Readonly<Record<string, number>>,
  options: LatentOptions = {},
): LatentSampler {
  assertFields('latentSampler', options, ['truncation']);
  const shapes = shapesOf(generator);
  return (batch, stream) => sampleLatents(shapes, batch, stream, options);
}

/**
 * The mode of the latents, zeros, in the order of the generator's inputs: the origin of every subspace. The
 * caller disposes of them.
 */
export function modeLatents(
  generator: tfl.LayersModel | Readonly<Record<string, number>>,
  batch = 1,
): tf.Tensor2D[] {
  assertInteger('modeLatents: batch', batch, { min: 1 });
  return Object.values(shapesOf(generator)).map((width) => tf.zeros([batch, width]));
}

/** `latentShapes` of a generator, or what is given. */
export function shapesOf(source: tfl.LayersModel | Readonly<Record<string, number>>): Record<string, number> {
  return source instanceof tfl.LayersModel ? latentShapes(source) : { ...source };
}
