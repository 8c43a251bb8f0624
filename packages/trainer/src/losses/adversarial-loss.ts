import type * as tf from '@tensorflow/tfjs-core';

/**
 * What the two networks play for. Both functions take logits `[batch, 1]` (or of any shape: they average
 * over all elements) and return scalars to be *minimised*; the trainer disposes of what they make.
 */
export interface AdversarialLoss {
  /** Goes into a checkpoint's configuration, so that a run is not resumed with another loss by mistake. */
  readonly name: string;
  /** The discriminator's loss is `real + fake`. */
  discriminator(realLogits: tf.Tensor, fakeLogits: tf.Tensor): { real: tf.Scalar; fake: tf.Scalar };
  /** The generator's loss. */
  generator(fakeLogits: tf.Tensor): tf.Scalar;
}
