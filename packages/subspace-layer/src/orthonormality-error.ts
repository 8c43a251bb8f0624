import * as tf from '@tensorflow/tfjs-core';
import { assertSubspaceLayer } from './assert-subspace-layer';
import { gramDeviation } from './orthonormality-regularizer';
import { shorterSide, toRows } from './shorter-side';
import type { SubspaceLayer } from './subspace-layer';

/**
 * How far a basis is from orthonormal: `||U^T U - I||_F`, 0 where it is. The loss of the regulariser is half
 * its square.
 *
 * @param of a layer, of which the effective basis is measured, or a weight, along its longer side
 * @throws ArgumentError when it is neither
 */
export async function orthonormalityError(of: SubspaceLayer | tf.Tensor): Promise<number> {
  if (!(of instanceof tf.Tensor)) assertSubspaceLayer('orthonormalityError', of);
  const error = tf.tidy(() => {
    const basis = of instanceof tf.Tensor ? of : of.effectiveBasis();
    const rows = toRows(basis, shorterSide('orthonormalityError', basis.shape));
    return tf.sqrt(tf.sum(tf.square(gramDeviation(rows))));
  });
  try {
    const [value = Number.NaN] = await error.data();
    return value;
  } finally {
    error.dispose();
  }
}
