import type * as tf from '@tensorflow/tfjs-core';

/** Logits computed so far under the gradient being recorded, by the images they are of. */
export type Logits = Map<tf.Tensor, tf.Tensor>;

/** A part of a phase's loss. On steps 0, n, 2n, ... `weight * n * evaluate(...)` is added to it. */
export interface Term {
  /** For error messages. */
  readonly name: string;
  /** What the value is multiplied by. */
  readonly weight: number;
  /** n, in steps. */
  readonly interval: number;
  /** Whether it takes logits of images that another term has had judged. */
  readonly reusesLogits: boolean;
  /**
   * @param logits shared by the terms of one loss, so that images pass a discriminator once; null when none of
   * them reuses any
   */
  evaluate(logits: Logits | null): tf.Scalar;
}

export function isDue({ interval }: Pick<Term, 'interval'>, step: number): boolean {
  return step % interval === 0;
}
