import * as tf from '@tensorflow/tfjs-core';
import type * as tfl from '@tensorflow/tfjs-layers';

/** A small map as a discriminator has it, which some operation is part of. */
export interface SecondOrderCase {
  readonly name: string;
  /** Shape of the images, or vectors, that it looks at. */
  readonly input: readonly number[];
  /** Shapes of its weights. */
  readonly weights: readonly (readonly number[])[];
  readonly map: (x: tf.Tensor, weights: readonly tf.Tensor[]) => tf.Tensor;
  /** Whether many of the input's numbers are equal, as in a picture of flat areas. */
  readonly tied?: boolean;
  /** Kernels of gradients that a backend may lack, then the case cannot be computed there. */
  readonly needs?: readonly string[];
}

type Unary = (x: tf.Tensor) => tf.Tensor;
type Images = (x: tf.Tensor4D) => tf.Tensor;

export const four = (tensor: tf.Tensor | undefined) => tensor as tf.Tensor4D;
export const one = (tensor: tf.Tensor | undefined) => tensor as tf.Tensor;
export const positive: Unary = (x) => tf.add(tf.square(x), 0.3);

/** The operation between two matrix products and behind them. */
export const dense = (name: string, f: Unary): SecondOrderCase => ({
  name,
  input: [3, 4],
  weights: [
    [4, 5],
    [5, 3],
  ],
  map: (x, [w, v]) => f(tf.matMul(f(tf.matMul(x, one(w))), one(v))),
});

/** The operation between two convolutions, on images that are odd and even and not square. */
export const image = (name: string, f: Images, size: readonly [number, number] = [5, 4], channels = 3) => {
  const result: SecondOrderCase = {
    name,
    input: [2, ...size, 2],
    weights: [
      [3, 3, 2, 3],
      [2, 2, channels, 2],
    ],
    map: (x, [w, v]) => {
      const features = tf.conv2d(four(x), four(w), 1, 'same');
      return tf.conv2d(four(f(features)), four(v), 1, 'same');
    },
  };
  return result;
};

/** The operation behind a convolution, where it leaves vectors, or too few pixels for a second one. */
export const head = (name: string, f: Images, size: readonly [number, number] = [5, 4]): SecondOrderCase => ({
  name,
  input: [2, ...size, 2],
  weights: [[3, 3, 2, 3]],
  map: (x, [w]) => tf.tanh(f(four(tf.conv2d(four(x), four(w), 1, 'same')))),
});

/** An operation of the input and one weight. */
export const weighted = (
  name: string,
  input: readonly number[],
  weight: readonly number[],
  f: (x: tf.Tensor, w: tf.Tensor) => tf.Tensor,
): SecondOrderCase => ({ name, input, weights: [weight], map: (x, [w]) => f(tf.tanh(x), one(w)) });

export const layer = (make: () => tfl.layers.Layer): Unary => {
  let made: tfl.layers.Layer | undefined;
  return (x) => {
    made ??= make();
    return made.apply(x) as tf.Tensor;
  };
};
