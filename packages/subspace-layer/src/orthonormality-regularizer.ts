import { assertFinite } from '@eigengan/core';
import * as tf from '@tensorflow/tfjs-core';
import { RegularizerBase } from './layers-bases';
import { shorterSide, toRows } from './shorter-side';

export interface OrthonormalityRegularizerArgs {
  /** What the loss is multiplied by; 1 by default, 0 turns it off. */
  strength?: number | undefined;
}

/**
 * `strength * 0.5 * ||U^T U - I||_F^2`, the paper's penalty (section 3.1) as the official code computes it.
 * U's columns are the weight's vectors along its longer side ("Which vectors" in the README): for a basis
 * `[rank, units]` its rows, for a dense kernel `[in, out]` the columns where in > out and the rows otherwise.
 */
export class OrthonormalityRegularizer extends RegularizerBase {
  static readonly className = 'eigengan/subspace-layer/OrthonormalityRegularizer';

  readonly strength: number;

  /** @throws ArgumentError when the strength is negative or not finite */
  constructor({ strength = 1 }: OrthonormalityRegularizerArgs = {}) {
    super();
    assertFinite('orthonormalityRegularizer: strength', strength, { min: 0 });
    this.strength = strength;
  }

  /** The loss of one weight, a scalar the caller disposes. */
  override apply(weight: tf.Tensor): tf.Scalar {
    return tf.tidy(() => {
      const side = shorterSide('orthonormalityRegularizer', weight.shape);
      const deviation = gramDeviation(toRows(weight, side));
      return tf.mul(tf.sum(tf.square(deviation)), 0.5 * this.strength);
    });
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { strength: this.strength };
  }
}
tf.serialization.registerClass(OrthonormalityRegularizer);

/** The paper's regulariser, for a `SubspaceLayer` or the `kernelRegularizer` of a stock layer. */
export function orthonormalityRegularizer(args?: OrthonormalityRegularizerArgs): OrthonormalityRegularizer {
  return new OrthonormalityRegularizer(args);
}

/** `rows rows^T - I`, [count, count]: zero where the rows are orthonormal. */
export function gramDeviation(rows: tf.Tensor2D): tf.Tensor2D {
  return tf.tidy(() => tf.sub(tf.matMul(rows, rows, false, true), tf.eye(rows.shape[0])));
}
