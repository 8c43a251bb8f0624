import * as tf from '@tensorflow/tfjs-core';
import type * as tfl from '@tensorflow/tfjs-layers';

/**
 * Puts every weight of a model or a layer that has a constraint through it, in place.
 *
 * tf.layers 4.22 applies constraints in `setWeights` and on loading, but not after an update, neither in
 * `fit` nor after `optimizer.minimize`. Call this after each: `model.fit(x, y, { callbacks: { onBatchEnd:
 * async () => applyConstraints(model) } })`.
 */
export function applyConstraints(model: tfl.LayersModel | tfl.layers.Layer): void {
  for (const weight of model.weights) {
    const variable = weight.read();
    if (weight.constraint == null || !(variable instanceof tf.Variable)) continue;
    tf.tidy(() => variable.assign(weight.constraint.apply(variable)));
  }
}
