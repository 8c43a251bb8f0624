import type { RandomStream } from '@eigengan/core';
import type * as tf from '@tensorflow/tfjs-core';

/**
 * The random numbers of an image, by its place in the tensor of images: a stream of each image's own, so that
 * what happens to it does not depend on how many others are beside it.
 */
export type ImageStreams = (image: number) => RandomStream;

/** What is done to images, real and generated, each time before the discriminator sees them. */
export interface Augmentation {
  readonly name: string;
  /** What is compared, field by field, when a run is resumed. */
  readonly configuration: Readonly<Record<string, string | number | boolean>>;
  /**
   * @param shape of the discriminator's input, `[null, height, width, channels]`
   * @throws ArgumentError when it cannot take such images
   */
  check(shape: readonly (number | null)[]): void;
  /** At its start; each trainer has one of its own. */
  create(): AugmentationState;
}

/** An augmentation at work. It has no tensors. */
export interface AugmentationState {
  /** What goes into checkpoints; set when one is restored. */
  numbers: Readonly<Record<string, number>>;
  /** More numbers for a step's log, e.g. `augment_p`, as they hold for that step. */
  readonly logged: Readonly<Record<string, number>>;
  /**
   * Images `[batch, height, width, channels]` in [-1, 1] -> as many of the same shape, each with random
   * parameters of its own; what comes out may leave [-1, 1]. Can be differentiated, twice too, on every
   * backend.
   */
  apply(images: tf.Tensor, streams: ImageStreams): tf.Tensor;
  /**
   * After each step.
   *
   * @param rt the mean of `sign(D(x))` over the step's real images, in [-1, 1]
   * @param images how many these are
   */
  observe(rt: number, images: number): void;
}
