import * as tf from '@tensorflow/tfjs-core';
import { four, one, type SecondOrderCase, weighted } from './second-order-maps';

const depthwiseKernels = ['DepthwiseConv2dNativeBackpropInput', 'DepthwiseConv2dNativeBackpropFilter'];

export const convolutions: readonly SecondOrderCase[] = [
  {
    name: 'conv2d, stride 2, and layers of its gradient',
    input: [2, 5, 6, 2],
    weights: [
      [3, 3, 2, 3],
      [3, 2, 3, 2],
    ],
    map: (x, [w, v]) => tf.conv2d(tf.tanh(tf.conv2d(four(x), four(w), 2, 'same')), four(v), [1, 2], 'same'),
  },
  {
    name: 'conv2d, dilated',
    input: [2, 7, 6, 2],
    weights: [
      [2, 3, 2, 3],
      [2, 2, 3, 2],
    ],
    map: (x, [w, v]) => {
      const wide = tf.conv2d(four(x), four(w), 1, 'same', 'NHWC', [2, 3]);
      return tf.conv2d(tf.tanh(wide), four(v), 1, 'valid', 'NHWC', 2);
    },
  },
  {
    name: 'conv2dTranspose, stride 2',
    input: [2, 3, 4, 2],
    weights: [
      [3, 3, 3, 2],
      [2, 2, 3, 2],
    ],
    map: (x, [w, v]) => {
      const large = tf.conv2dTranspose(four(x), four(w), [2, 5, 7, 3], 2, 'same');
      return tf.conv2d(tf.tanh(large), four(v), 2, 'same');
    },
  },
  {
    name: 'fused conv2d with a bias, as layers.conv2d calls it',
    input: [2, 5, 4, 2],
    weights: [[3, 3, 2, 3], [3]],
    map: (x, [w, bias]) =>
      tf.tanh(tf.fused.conv2d({ x: four(x), filter: four(w), strides: 1, pad: 'same', bias: one(bias) })),
  },
  {
    name: 'depthwiseConv2d',
    input: [2, 5, 4, 2],
    weights: [
      [3, 2, 2, 2],
      [3, 3, 4, 1],
    ],
    needs: depthwiseKernels,
    map: (x, [w, v]) =>
      tf.depthwiseConv2d(tf.tanh(tf.depthwiseConv2d(four(x), four(w), 1, 'same')), four(v), 2, 'same'),
  },
  {
    name: 'depthwiseConv2d, dilated',
    input: [2, 7, 6, 2],
    weights: [
      [3, 2, 2, 1],
      [2, 2, 2, 2],
    ],
    needs: depthwiseKernels,
    map: (x, [w, v]) => {
      const wide = tf.depthwiseConv2d(four(x), four(w), 1, 'same', 'NHWC', [2, 2]);
      return tf.depthwiseConv2d(tf.tanh(wide), four(v), 1, 'valid', 'NHWC', [3, 2]);
    },
  },
  {
    name: 'separableConv2d',
    input: [2, 5, 6, 2],
    weights: [
      [3, 3, 2, 2],
      [1, 1, 4, 3],
    ],
    needs: depthwiseKernels,
    map: (x, [w, v]) => tf.tanh(tf.separableConv2d(four(x), four(w), four(v), 2, 'same')),
  },
  weighted('matMul, one repeated over the batch', [2, 3, 4], [4, 3], (x, w) => tf.tanh(tf.matMul(x, w))),
  weighted('matMul of transposed', [2, 3, 4], [2, 3, 5], (x, w) => tf.tanh(tf.matMul(w, x, true))),
];
