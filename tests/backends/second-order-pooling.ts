import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import { dense, four, head, image, layer, type SecondOrderCase } from './second-order-maps';

export const reductions: readonly SecondOrderCase[] = [
  head('max over height and width', (x) => tf.max(x, [1, 2])),
  head('min over channels', (x) => tf.min(x, 3, true)),
  head(
    'layers.globalMaxPooling2d',
    layer(() => tfl.layers.globalMaxPooling2d({})),
  ),
  head(
    'layers.globalAveragePooling2d',
    layer(() => tfl.layers.globalAveragePooling2d({})),
  ),
  head('sum and mean', (x) => tf.add(tf.sum(x, [1, 2]), tf.square(tf.mean(x, [1, 2])))),
  head('variance', (x) => tf.moments(x, [1, 2]).variance),
  head('norm with an epsilon', (x) => tf.sqrt(tf.add(tf.sum(tf.square(x), 3), 1e-3))),
  head('norm', (x) => tf.norm(x, 'euclidean', [1, 2])),
  head('logSumExp', (x) => tf.logSumExp(x, 3)),
  dense('cumsum along rows', (x) => tf.tanh(tf.cumsum(x, 0))),
  dense('cumsum along columns', (x) => tf.tanh(tf.cumsum(x, 1, true, true))),
];

const avgPool =
  (size: number | [number, number], strides: number, pad: 'same' | 'valid' | number) => (x: tf.Tensor4D) =>
    tf.avgPool(x, size, strides, pad);
const maxPool =
  (size: number | [number, number], strides: number, pad: 'same' | 'valid' | number) => (x: tf.Tensor4D) =>
    tf.maxPool(x, size, strides, pad);

export const pooling: readonly SecondOrderCase[] = [
  image('avgPool 2, stride 2', avgPool(2, 2, 'valid'), [6, 4]),
  image('avgPool 2, stride 2, same, odd', avgPool(2, 2, 'same')),
  image('avgPool 3, stride 2, same', avgPool(3, 2, 'same')),
  image('avgPool 3 x 2, stride 1, same', avgPool([3, 2], 1, 'same')),
  image('avgPool 3, stride 2, valid, odd', avgPool(3, 2, 'valid'), [7, 5]),
  image('maxPool 2, stride 2', maxPool(2, 2, 'valid'), [6, 4]),
  image('maxPool 2, stride 2, same, odd', maxPool(2, 2, 'same')),
  image('maxPool 3, stride 2, same', maxPool(3, 2, 'same')),
  image('maxPool 3 x 2, stride 1, same', maxPool([3, 2], 1, 'same')),
  image('maxPool 3, stride 2, valid, odd', maxPool(3, 2, 'valid'), [7, 5]),
  image(
    'layers.averagePooling2d',
    layer(() => tfl.layers.averagePooling2d({ poolSize: 2 })),
  ),
  image(
    'layers.maxPooling2d',
    layer(() => tfl.layers.maxPooling2d({ poolSize: 3, strides: 1, padding: 'same' })),
  ),
  // On the images themselves, where neighbours are equal: the chosen one of a tie matters.
  {
    name: 'maxPool of ties',
    input: [2, 4, 6, 1],
    tied: true,
    weights: [
      [1, 1, 1, 2],
      [2, 2, 2, 2],
    ],
    map: (x, [w, v]) =>
      tf.conv2d(tf.conv2d(tf.maxPool(four(x), 3, 1, 'same'), four(w), 1, 'same'), four(v), 1, 'same'),
  },
];

const nearest =
  (size: [number, number], alignCorners = false, half = false) =>
  (x: tf.Tensor4D) =>
    tf.image.resizeNearestNeighbor(x, size, alignCorners, half);
const bilinear =
  (size: [number, number], alignCorners = false, half = false) =>
  (x: tf.Tensor4D) =>
    tf.image.resizeBilinear(x, size, alignCorners, half);

export const resizing: readonly SecondOrderCase[] = [
  image(
    'layers.upSampling2d, nearest',
    layer(() => tfl.layers.upSampling2d({ size: [2, 3] })),
    [3, 2],
  ),
  image(
    'layers.upSampling2d, bilinear',
    layer(() => tfl.layers.upSampling2d({ size: [2, 3], interpolation: 'bilinear' })),
    [3, 2],
  ),
  image('resizeNearestNeighbor, not by a whole factor', nearest([7, 3])),
  image('resizeNearestNeighbor, aligned corners', nearest([8, 6], true)),
  image('resizeNearestNeighbor, half-pixel centres', nearest([3, 7], false, true)),
  image('resizeBilinear, not square', bilinear([8, 3])),
  image('resizeBilinear, aligned corners', bilinear([3, 7], true)),
  image('resizeBilinear, half-pixel centres', bilinear([7, 9], false, true)),
  image('resizeBilinear to one pixel', bilinear([1, 1])),
];
