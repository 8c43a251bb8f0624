import * as tf from '@tensorflow/tfjs-core';
import type * as tfl from '@tensorflow/tfjs-layers';
import { keepingWeights } from '../networks/batch-statistics';
import { leafLayers } from '../networks/leaf-layers';
import { networkWeights } from '../networks/network-weights';
import { gradientsOf } from '../phases/gradients';

/**
 * The layers of a model that cannot be differentiated alone, as `layer name (class)`: twice if that is what
 * fails, else once. For error messages, after the model as a whole has failed.
 */
export function failingLayers(model: tfl.LayersModel, differentiated: boolean): string[] {
  if (!differentiated) return [];
  return keepingWeights(networkWeights('failingLayers', model), () => {
    const layers = leafLayers(model).map(({ layer }) => layer);
    const once = layers.filter((layer) => fails(layer, firstOrder));
    const found = once.length > 0 ? once : layers.filter((layer) => fails(layer, secondOrder));
    return found.map((layer) => `layer ${layer.name} (${layer.getClassName()})`);
  });
}

type Layer = tfl.layers.Layer;

function fails(layer: Layer, loss: (layer: Layer, inputs: tf.Variable[]) => tf.Scalar): boolean {
  const shapes = layer.inboundNodes[0]?.inputTensors.map(({ shape }) => shape) ?? [];
  if (shapes.length === 0 || layer.getClassName() === 'InputLayer') return false;
  const inputs = tf.tidy(() => shapes.map((shape) => tf.variable(ramp(shape.map((size) => size ?? 2)))));
  const weights = layer.trainableWeights
    .map((weight) => weight.read())
    .filter((value): value is tf.Variable => value instanceof tf.Variable);
  try {
    tf.tidy(() => {
      gradientsOf(() => loss(layer, inputs), [...inputs, ...weights]);
    });
    return false;
  } catch {
    return true;
  } finally {
    tf.dispose(inputs);
  }
}

function firstOrder(layer: Layer, inputs: tf.Tensor[]): tf.Scalar {
  const output = layer.apply(inputs.length === 1 && inputs[0] ? inputs[0] : inputs, { training: true });
  const outputs = Array.isArray(output) ? output : [output];
  const sums = outputs
    .filter((tensor): tensor is tf.Tensor => tensor instanceof tf.Tensor)
    .map((tensor) => tf.sum<tf.Scalar>(tf.square(tensor)));
  return tf.addN(sums);
}

function secondOrder(layer: Layer, inputs: tf.Tensor[]): tf.Scalar {
  const gradients = tf.grads((...xs: tf.Tensor[]) => firstOrder(layer, xs))(inputs);
  return tf.addN(gradients.map((gradient) => tf.sum<tf.Scalar>(tf.square(gradient))));
}

/** Values from -1 to 1, so that no function is met at its kink alone. */
function ramp(shape: number[]): tf.Tensor {
  const size = shape.reduce((product, length) => product * length, 1);
  return tf.reshape(tf.linspace(-1, 1, size), shape);
}
