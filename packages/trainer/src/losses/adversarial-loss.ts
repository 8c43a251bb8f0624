import type * as tf from '@tensorflow/tfjs-core';

/**
 * What the two networks play for. Both functions take logits `[batch, 1]` (or of any shape: they average
 * over all elements) and return scalars to be *minimised*; the trainer disposes of what they make.
 */
export interface AdversarialLoss {
  /** Goes into a checkpoint's configuration, so that a run is not resumed with another loss by mistake. */
  readonly name: string;
  /** The discriminator's loss: two parts that are summed, or one number where it does not come apart. */
  discriminator(realLogits: tf.Tensor, fakeLogits: tf.Tensor): DiscriminatorParts | tf.Scalar;
  /**
   * The generator's loss.
   *
   * @param realLogits D's logits of this step's real images, constant to the gradient; D judges the reals
   * when it is called, and not at all otherwise
   */
  generator(fakeLogits: tf.Tensor, realLogits: () => tf.Tensor): tf.Scalar;
}

/** The discriminator's loss is `real + fake`. */
export interface DiscriminatorParts {
  readonly real: tf.Scalar;
  readonly fake: tf.Scalar;
}

/** A loss that judges real and generated images apart, as all but the relativistic ones do. */
export interface SeparableLoss extends AdversarialLoss {
  discriminator(realLogits: tf.Tensor, fakeLogits: tf.Tensor): DiscriminatorParts;
  generator(fakeLogits: tf.Tensor): tf.Scalar;
}
