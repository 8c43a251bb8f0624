import * as tf from '@tensorflow/tfjs-core';
import { ConstraintBase } from './layers-bases';
import { polarRetraction } from './polar-retraction';
import { fromRows, shorterSide, toRows } from './shorter-side';

/**
 * Puts a weight back on the Stiefel manifold: its vectors ("Which vectors" in the README) are replaced by
 * the nearest orthonormal ones, the polar factor `(B B^T)^{-1/2} B`.
 *
 * Polar rather than QR, because it moves the basis least and treats all vectors alike: each keeps its
 * meaning, where QR leaves the first alone and puts the whole correction on the later ones. It is also the
 * natural mean after averaging bases (EMA). The cost grows with count^3; it is made for some dozens of
 * vectors of any length.
 *
 * tf.layers applies constraints in `setWeights`, not after an update: see `applyConstraints`.
 */
export class OrthonormalConstraint extends ConstraintBase {
  static readonly className = 'eigengan/subspace-layer/OrthonormalConstraint';

  /** The weight on the manifold, a new tensor that the caller disposes. */
  override apply(weight: tf.Tensor): tf.Tensor {
    return tf.tidy(() => {
      const side = shorterSide('orthonormalConstraint', weight.shape);
      return fromRows(polarRetraction(toRows(weight, side)), side, weight.shape);
    });
  }
}
tf.serialization.registerClass(OrthonormalConstraint);

/** The retraction as the constraint of a `SubspaceLayer` or the `kernelConstraint` of a stock layer. */
export function orthonormalConstraint(): OrthonormalConstraint {
  return new OrthonormalConstraint();
}
