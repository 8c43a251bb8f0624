import * as tf from '@tensorflow/tfjs-core';
import type * as tfl from '@tensorflow/tfjs-layers';
import { ofRank } from './of-rank';
import { readWeight } from './read-weight';

/** A transposed convolution of stride 1 as the convolution that it is, by its kernel turned around. */
export interface TurnedConvolution {
  readonly filter: () => tf.Tensor;
  /** With the bias, in one pass. */
  readonly convolve: (x: tf.Tensor | undefined, filter: tf.Tensor | undefined) => tf.Tensor;
}

/** Undefined for other layers. */
export function turnedConvolution(layer: tfl.layers.Layer): TurnedConvolution | undefined {
  const { activation, useBias, dataFormat, padding, strides, kernelSize } = layer.getConfig();
  const isPlain = activation === 'linear' && dataFormat === 'channelsLast' && padding === 'same';
  // Of odd sizes: then both are padded alike.
  const isTurned =
    [strides].flat().every((stride) => stride === 1) &&
    [kernelSize].flat().every((size) => Number(size) % 2 === 1);
  if (layer.getClassName() !== 'Conv2DTranspose' || !isPlain || !isTurned || useBias !== true)
    return undefined;
  return {
    filter: () => tf.transpose(tf.reverse(readWeight(layer, 0), [0, 1]), [0, 1, 3, 2]),
    convolve: (x, filter) =>
      tf.fused.conv2d({
        x: ofRank(x, 'R4'),
        filter: ofRank(filter, 'R4'),
        strides: 1,
        pad: 'same',
        bias: readWeight(layer, 1),
      }),
  };
}
