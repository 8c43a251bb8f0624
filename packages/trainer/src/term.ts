import type * as tf from '@tensorflow/tfjs-core';

/** A part of a phase's loss. On steps 0, n, 2n, ... `weight * n * evaluate()` is added to it. */
export interface Term {
  /** For error messages. */
  readonly name: string;
  /** What the value is multiplied by. */
  readonly weight: number;
  /** n, in steps. */
  readonly interval: number;
  evaluate(): tf.Scalar;
}

export function isDue({ interval }: Pick<Term, 'interval'>, step: number): boolean {
  return step % interval === 0;
}
