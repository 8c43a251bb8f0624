import * as tf from '@tensorflow/tfjs-core';

/** What the kernels of all convolutions have among their attributes. */
export interface ConvolutionAttributes {
  readonly strides: [number, number] | number;
  readonly pad: 'valid' | 'same' | number | tf.backend_util.ExplicitPadding;
  readonly dilations?: [number, number] | number;
  readonly dimRoundingMode?: 'floor' | 'round' | 'ceil';
}

type Shape = [number, number, number, number];

/** Rows and columns that a convolution adds to its input, below zero: that it leaves out. */
export type Margins = readonly [top: number, bottom: number, left: number, right: number];

/** The margins that make a convolution with any padding one that is `valid` and uses all of its input. */
export function convolutionMargins(
  inputShape: Shape,
  filterShape: Shape,
  { strides, pad, dilations = 1, dimRoundingMode }: ConvolutionAttributes,
  depthwise: boolean,
): Margins {
  const info = tf.backend_util.computeConv2DInfo(
    inputShape,
    filterShape,
    strides,
    dilations,
    pad,
    dimRoundingMode,
    depthwise,
  );
  const { top, left } = info.padInfo;
  const usedHeight = (info.outHeight - 1) * info.strideHeight + info.effectiveFilterHeight;
  const usedWidth = (info.outWidth - 1) * info.strideWidth + info.effectiveFilterWidth;
  return [top, usedHeight - info.inHeight - top, left, usedWidth - info.inWidth - left];
}

/** The shape of images once the margins were added. */
export function shapeWithMargins([batch, height, width, channels]: Shape, margins: Margins): Shape {
  const [top, bottom, left, right] = margins;
  return [batch, height + top + bottom, width + left + right, channels];
}

/** Images `[batch, height, width, channels]` with margins of zeros, without those rows and columns where below zero. */
export function addMargins(images: tf.Tensor4D, margins: Margins): tf.Tensor4D {
  const [top, bottom, left, right] = margins;
  const rows: [number, number] = [Math.max(top, 0), Math.max(bottom, 0)];
  const columns: [number, number] = [Math.max(left, 0), Math.max(right, 0)];
  const padded = tf.pad(images, [[0, 0], rows, columns, [0, 0]]);
  const begin: Shape = [0, Math.max(-top, 0), Math.max(-left, 0), 0];
  return tf.slice(padded, begin, shapeWithMargins(images.shape, margins));
}

/** The reverse of `addMargins`, for gradients: what was added is dropped, what was left out is zero. */
export function dropMargins(images: tf.Tensor4D, [top, bottom, left, right]: Margins): tf.Tensor4D {
  return addMargins(images, [-top, -bottom, -left, -right]);
}
