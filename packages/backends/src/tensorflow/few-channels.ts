import * as tf from '@tensorflow/tfjs-core';
import type { FilterGradient, Forward, InputGradient } from './convolution-kernel';
import type { ConvolutionAttributes } from './convolution-margins';

// Where images of many channels meet images of few, as of colours, TensorFlow's kernels compute mostly padding:
// they fill 16 channels.

/** Pixels of a row that are computed as channels of one. */
const together = 4;

type Shape = [number, number, number, number];

/** Whether it pays, by the shapes of the images with few channels and of the filter, and the other channels. */
function areFew(
  [, , columns, few]: Shape,
  [height, width]: Shape,
  many: number,
  { strides, dilations = 1, pad, dataFormat }: ConvolutionAttributes & { readonly dataFormat?: string },
): boolean {
  const isPlain = [strides, dilations].flat().every((step) => step === 1) && dataFormat !== 'NCHW';
  // Odd: the padding is then the same on both sides. Wide: that three more columns cost little.
  const isWide = height % 2 === 1 && width % 2 === 1 && width >= 5 && pad === 'same';
  return isPlain && isWide && columns % together === 0 && few * together <= 16 && many >= 8;
}

/** Four pixels of a row become four times as many channels. */
export const forwardToFew =
  (stock: Forward): Forward =>
  (args) => {
    const {
      inputs: { x, filter, bias },
      attrs,
    } = args;
    const [batch, height, width, many] = x.shape;
    const shape: Shape = [batch, height, width, filter.shape[3]];
    const { activation = 'linear' } = attrs;
    if (activation !== 'linear' || !areFew(shape, filter.shape, many, attrs)) return stock(args);
    return tf.tidy(() => convolveToFew(x, filter, bias));
  };

/** The convolution of dy with the filter turned around. */
export const inputGradientOfFew =
  (stock: InputGradient): InputGradient =>
  (args) => {
    const { inputs, attrs } = args;
    return areFew(attrs.inputShape, inputs.filter.shape, inputs.dy.shape[3], attrs)
      ? tf.tidy(() => convolveToFew(inputs.dy, turned(inputs.filter)))
      : stock(args);
  };

/** Seen from dy, the images are what a filter turned around gives: its gradient is one to many channels. */
export const filterGradientOfFew =
  (stock: FilterGradient): FilterGradient =>
  (args) => {
    const {
      inputs: { x, dy },
      attrs,
    } = args;
    if (!areFew(dy.shape, attrs.filterShape, x.shape[3], attrs)) return stock(args);
    const [height, width, many, few] = attrs.filterShape;
    const turnedAttrs = { ...attrs, filterShape: [height, width, few, many] satisfies Shape };
    return tf.tidy(() =>
      turned(stock({ ...args, inputs: { x: dy, dy: x }, attrs: turnedAttrs }) as tf.Tensor4D),
    );
  };

/** `tf.conv2d(x, filter, 1, 'same')`, plus the bias. */
function convolveToFew(x: tf.Tensor4D, filter: tf.Tensor4D, bias?: tf.Tensor1D): tf.Tensor4D {
  const shifted = Array.from({ length: together }, (_, i) =>
    tf.pad(filter, [
      [0, 0],
      [i, together - 1 - i],
      [0, 0],
      [0, 0],
    ]),
  );
  const [batch, height, width] = x.shape;
  const wide = tf.fused.conv2d({
    x,
    filter: tf.concat(shifted, 3),
    strides: [1, together],
    pad: 'same',
    ...(bias && { bias: tf.tile(bias, [together]) }),
  });
  return tf.reshape(wide, [batch, height, width, filter.shape[3]]);
}

/** By half a turn, input and output channels exchanged. */
function turned(filter: tf.Tensor4D): tf.Tensor4D {
  return tf.transpose(tf.reverse(filter, [0, 1]), [0, 1, 3, 2]);
}
