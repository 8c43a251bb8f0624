import { seededStream } from '@eigengan/core';
import * as tfl from '@tensorflow/tfjs-layers';
import type { Initializer } from './layer-types';

/** The slope of every leaky ReLU below 0. */
export const leak = 0.2;

/** The gain of He's initialisation for that slope. */
const gain = 2 / (1 + leak ** 2);

/** The deviation of a normal distribution of deviation 1 that is cut off at 2. */
const deviationAfterCut = 0.8796256610342398;

/**
 * Which inputs a transposed kernel [height, width, out, in] counts: `official` height * width * out, as the
 * official code does; `forward` those that really meet in one output pixel, height * width * in / stride^2.
 */
export type TransposedFanIn = 'official' | 'forward';

/** A seed of its own for each weight, 1 .. 2^31 - 1, so that leaving one out changes no other. */
export function weightSeed(seed: number, role: string): number {
  // Never 0, which tfjs takes for "no seed".
  return 1 + seededStream(seed, `init/${role}`).integer(2 ** 31 - 1);
}

/**
 * The official code's initialiser: normal of variance `2 / (1 + 0.2^2) / fan in`, cut off at two deviations
 * (and drawn wider, so that the deviation after the cut is that one).
 *
 * It is a stock tf.layers initialiser, whose fan-in of a transposed kernel is the official one.
 */
export function heInitializer(seed: number, fanInRatio = 1): Initializer {
  const scale = gain / deviationAfterCut ** 2 / fanInRatio;
  return tfl.initializers.varianceScaling({ scale, mode: 'fanIn', distribution: 'normal', seed });
}

/** `heInitializer` for a transposed kernel of `inputs` features to `outputs`. */
export function transposedHeInitializer(
  seed: number,
  fanIn: TransposedFanIn,
  { inputs, outputs, stride }: { inputs: number; outputs: number; stride: number },
): Initializer {
  return heInitializer(seed, fanIn === 'official' ? 1 : inputs / outputs / stride ** 2);
}

/** What a dense layer so initialised makes of standard normal noise: normal, of deviation sqrt(gain). */
export function heFeatures(seed: number): Initializer {
  return tfl.initializers.randomNormal({ mean: 0, stddev: Math.sqrt(gain), seed });
}
