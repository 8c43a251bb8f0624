import type { RandomStream } from '@eigengan/core';
import type * as tf from '@tensorflow/tfjs-core';
import type { Part } from '../phases/part';

/** What a penalty sees of the step it is part of. */
export interface PenaltyContext {
  /** Real images, `[batch, height, width, channels]` in [-1, 1]: the step's batch, or a micro-batch of it. */
  readonly real: tf.Tensor;
  /** As many generated ones. */
  readonly fake: tf.Tensor;
  /**
   * The discriminator as it trains, its batch statistics left alone; with `augment` it sees the images
   * augmented, and gradients go through that.
   */
  discriminate(images: tf.Tensor): tf.Tensor;
  /** Which images of the step's batch these are. */
  readonly part: Part;
  /**
   * A stream of this penalty's own, a function of seed and step. It starts anew for each micro-batch: draw for
   * `part.of` images and take from `part.offset` on, and micro-batches add up to the batch.
   */
  readonly random: RandomStream;
  /** 0-based step. */
  readonly step: number;
}

/** A term of the discriminator's loss: on steps 0, n, 2n, ... `weight * n * evaluate(...)` is added to it. */
export interface PenaltyTerm {
  /** For logs and the configuration in checkpoints; no two terms of a trainer share one. */
  readonly name: string;
  /** What the value is multiplied by. */
  readonly weight: number;
  /** n, in steps, at least 1 (lazy regularisation). */
  readonly interval: number;
  /** What is compared, field by field, when a run is resumed. */
  readonly configuration: Readonly<Record<string, string | number | boolean>>;
  /** The unweighted value, a scalar. Differentiated once more by the trainer. */
  evaluate(context: PenaltyContext): tf.Scalar;
}
