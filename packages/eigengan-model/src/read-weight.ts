import type * as tf from '@tensorflow/tfjs-core';
import type * as tfl from '@tensorflow/tfjs-layers';

/** A weight of a layer by its place, which stays the layer's. */
export function readWeight(layer: tfl.layers.Layer, place: number): tf.Tensor {
  const variable = layer.weights[place];
  if (variable === undefined) throw new Error(`${layer.name}: no weight ${place}`);
  return variable.read();
}
