import * as tf from '@tensorflow/tfjs-core';
import type * as tfl from '@tensorflow/tfjs-layers';
import { ofRank } from './of-rank';
import { readWeight } from './read-weight';

/** What a stock layer computes, `linear(x) + bias()`, for who adds the bias elsewhere. */
export interface AffineParts {
  readonly linear: (x: tf.Tensor) => tf.Tensor;
  /** [1, ...shape] of an output. */
  readonly bias: () => tf.Tensor;
}

/** Of the layer that gives a tensor; undefined where it has no bias, or is not known to be such a sum. */
export function affineParts({ sourceLayer: layer, shape }: tfl.SymbolicTensor): AffineParts | undefined {
  const { activation, useBias } = layer.getConfig();
  const linear = linearPart(layer, shape.length);
  const [, ...sizes] = shape.map(Number);
  if (linear === undefined || activation !== 'linear' || useBias !== true || sizes.includes(0))
    return undefined;
  return { linear, bias: () => tf.broadcastTo(readWeight(layer, 1), [1, ...sizes]) };
}

function linearPart(layer: tfl.layers.Layer, rank: number): AffineParts['linear'] | undefined {
  const kind = layer.getClassName();
  if (kind === 'Dense' && rank === 2) {
    return (x) => tf.matMul(ofRank(x, 'R2'), ofRank(readWeight(layer, 0), 'R2'));
  }
  const { dataFormat, padding, strides } = layer.getConfig();
  if (kind !== 'Conv2DTranspose' || dataFormat !== 'channelsLast') return undefined;
  if (padding !== 'same' && padding !== 'valid') return undefined;
  const [down = 1, across = down] = [strides].flat().map(Number);
  return (x) => {
    const [batch = 0, height = 0, width = 0, channels = 0] = layer.computeOutputShape(x.shape).map(Number);
    const kernel = ofRank(readWeight(layer, 0), 'R4');
    const outputs: [number, number, number, number] = [batch, height, width, channels];
    return tf.conv2dTranspose(ofRank(x, 'R4'), kernel, outputs, [down, across], padding);
  };
}
