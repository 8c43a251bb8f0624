import * as tf from '@tensorflow/tfjs-core';
import type * as tfl from '@tensorflow/tfjs-layers';
import { leafLayers } from './leaf-layers';

/**
 * The sum of the regularisation losses of a model's layers, each layer once (`model.calculateLosses()` of
 * tfjs counts a layer that is used twice twice); null when no layer has any.
 */
export function regularizationOf(model: tfl.LayersModel): tf.Scalar | null {
  const losses = leafLayers(model).flatMap(({ layer }) => layer.calculateLosses());
  const [first, ...others] = losses;
  if (first === undefined) return null;
  return others.reduce<tf.Scalar>((sum, loss) => tf.add(sum, loss), first);
}

/** Whether a model has regularisation losses at all. */
export function isRegularized(model: tfl.LayersModel): boolean {
  return leafLayers(model).some(({ layer }) => layer.losses.length > 0);
}
