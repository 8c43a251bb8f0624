import { argumentError } from '@eigengan/core';
import * as tf from '@tensorflow/tfjs-core';
import { assertSubspaceLayer } from './assert-subspace-layer';
import type { SubspaceLayer } from './subspace-layer';

/**
 * The z of given features: `L^-1 U^T (h - mu)`, with the layer's effective basis. For features inside the
 * subspace it undoes the layer, as exactly as the basis is orthonormal; for others it gives the z of the
 * nearest point of the subspace. A coordinate whose importance is 0 moves nothing: its z is 0.
 *
 * @param features [batch, ...shape]
 * @returns [batch, rank], which the caller disposes
 * @throws ArgumentError when it is no SubspaceLayer, or the features do not have the layer's shape
 */
export function coordinates(layer: SubspaceLayer, features: tf.Tensor): tf.Tensor2D {
  assertSubspaceLayer('coordinates: layer', layer);
  const [batch, ...shape] = features.shape;
  if (batch === undefined || !tf.util.arraysEqual(shape, [...layer.shape])) {
    throw argumentError(
      'coordinates: features',
      `must be [batch, ${layer.shape.join(', ')}] for ${layer.name}`,
      features.shape,
    );
  }
  return tf.tidy(() => {
    const centred: tf.Tensor2D = tf.sub(tf.reshape(features, [batch, layer.units]), layer.origin.read());
    const projected: tf.Tensor2D = tf.matMul(centred, layer.effectiveBasis(), false, true);
    return tf.divNoNan(projected, layer.importance.read());
  });
}
