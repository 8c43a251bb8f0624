import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import { dense, image, type SecondOrderCase, weighted } from './second-order-maps';

/** `[batch, ..., channels]` normalised over `axes`. */
const normalized = (x: tf.Tensor, axes: number[]) => {
  const { mean, variance } = tf.moments(x, axes, true);
  return tf.mul(tf.sub(x, mean), tf.rsqrt(tf.add(variance, 1e-3)));
};

/** Karras et al., "Progressive Growing of GANs", 2018: the mean deviation over the batch as one more channel. */
const minibatchDeviation = (x: tf.Tensor4D) => {
  const deviation = tf.sqrt(tf.add(tf.moments(x, 0).variance, 1e-3));
  const [batch, height, width] = x.shape;
  return tf.concat([x, tf.tile(tf.reshape(tf.mean(deviation), [1, 1, 1, 1]), [batch, height, width, 1])], 3);
};

export const normalizations: readonly SecondOrderCase[] = [
  weighted('batchNorm, inference', [2, 5, 4, 3], [3], (x, w) =>
    tf.tanh(
      tf.batchNorm(x, tf.tensor1d([0.1, -0.2, 0.3]), tf.tensor1d([0.5, 0.8, 1.1]), w, tf.mul(0.5, w), 1e-3),
    ),
  ),
  weighted('batchNorm, training', [2, 5, 4, 3], [3], (x, w) => {
    const { mean, variance } = tf.moments(x, [0, 1, 2]);
    return tf.tanh(tf.batchNorm(x, mean, variance, w, tf.mul(0.5, w), 1e-3));
  }),
  image('layers.batchNormalization, training', (x) => {
    const layerOf = tfl.layers.batchNormalization({});
    const result = layerOf.apply(x, { training: true }) as tf.Tensor;
    layerOf.dispose();
    return result;
  }),
  image('layers.batchNormalization, inference', (x) => {
    const layerOf = tfl.layers.batchNormalization({});
    const result = layerOf.apply(x) as tf.Tensor;
    layerOf.dispose();
    return result;
  }),
  image('layers.layerNormalization', (x) => {
    const layerOf = tfl.layers.layerNormalization({ axis: -1 });
    const result = layerOf.apply(x) as tf.Tensor;
    layerOf.dispose();
    return result;
  }),
  image('layer normalisation of whole images', (x) => normalized(x, [1, 2, 3])),
  image('instance normalisation', (x) => normalized(x, [1, 2])),
  image('pixel normalisation', (x) => tf.mul(x, tf.rsqrt(tf.add(tf.mean(tf.square(x), 3, true), 1e-3)))),
  image('minibatch standard deviation', minibatchDeviation, [3, 4], 4),
  dense('dropout with a fixed mask', (x) => tf.dropout(tf.tanh(x), 0.4, undefined, 7)),
  image(
    'layers.dropout with a seed',
    (x) => tfl.layers.dropout({ rate: 0.3, seed: 5 }).apply(x, { training: true }) as tf.Tensor,
  ),
  weighted('sigmoidCrossEntropy', [3, 4], [4], (x, w) =>
    tf.losses.sigmoidCrossEntropy(tf.oneHot(tf.tensor1d([1, 3, 0], 'int32'), 4), tf.mul(2, tf.mul(x, w))),
  ),
  weighted('self-attention', [2, 3, 4], [4, 4], (x, w) => {
    const keys = tf.matMul(x, tf.tile(tf.reshape(w, [1, 4, 4]), [2, 1, 1]));
    return tf.matMul(tf.softmax(tf.matMul(keys, x, false, true)), keys);
  }),
];
