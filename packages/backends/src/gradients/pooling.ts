import * as tf from '@tensorflow/tfjs-core';
import { only4D, run, zerosOf } from './tensors';

/** What the pooling kernels and their gradients are told. */
interface Pooling {
  readonly filterSize: number | [number, number];
  readonly strides: number | [number, number];
  readonly pad: tf.AvgPoolAttrs['pad'];
  readonly dimRoundingMode?: 'floor' | 'round' | 'ceil';
}

type Geometry = tf.backend_util.Conv2DInfo;

/** Below every image: what a window's padding may not win with. */
const lowest = -3e38;

export const pooling: readonly tf.GradConfig[] = [
  {
    // Each pixel's share is dy / n, n its window's pixels within the image. Stock divides by the whole window
    // on most backends, by n on tensorflow: with padding wrong, or not the same. Here the image is padded
    // first, so that every window is whole, and dy is multiplied by window / n.
    kernelName: tf.AvgPool,
    inputsToSave: ['x'],
    gradFunc: (dy, [x], attrs) => ({
      x: () => {
        const [gradient, image, pool] = [only4D(dy), only4D(x), poolingOf(attrs)];
        const geometry = geometryOf(image.shape, pool);
        if (!isPadded(geometry)) return run(tf.AvgPoolGrad, { dy: gradient, input: image }, attrs);
        const [batch, height, width, channels] = image.shape;
        const { top, bottom, left, right } = geometry.padInfo;
        const padded = tf.zeros([batch, height + top + bottom, width + left + right, channels]);
        const whole = run(
          tf.AvgPoolGrad,
          { dy: tf.mul(gradient, windowOverPixels(geometry)), input: padded },
          { ...attrs, pad: 'valid' },
        );
        return tf.slice(whole, [0, top, left, 0], image.shape);
      },
    }),
  },
  {
    // dx = P' dy with P the average over whole windows, so ddy = P ddx. Stock has none: it throws.
    kernelName: tf.AvgPoolGrad,
    inputsToSave: ['input'],
    gradFunc: (ddx, [input], attrs) => {
      const { filterSize, strides } = poolingOf(attrs);
      return {
        dy: () => tf.avgPool(only4D(ddx), filterSize, strides, 'valid'),
        input: () => zerosOf(only4D(input)),
      };
    },
  },
  {
    // dx puts dy at the largest pixel of each window; ddy takes ddx from there. Stock has none: it throws.
    // Laid side by side the windows do not overlap, and the kernel's own gradient of ones marks the pixel it
    // chose, ties included.
    kernelName: tf.MaxPoolGrad,
    inputsToSave: ['input', 'output'],
    gradFunc: (ddx, [input, output], attrs) => ({
      dy: () => {
        const geometry = geometryOf(only4D(input).shape, poolingOf(attrs));
        const { filterHeight, filterWidth } = geometry;
        const size: [number, number] = [filterHeight, filterWidth];
        const windows = sideBySide(only4D(input), geometry, lowest);
        const largest = tf.maxPool(windows, size, size, 'valid');
        const chosen = run(
          tf.MaxPoolGrad,
          { dy: tf.onesLike(largest), input: windows, output: largest },
          { filterSize: size, strides: size, pad: 'valid' },
        );
        const products: tf.Tensor4D = tf.mul(sideBySide(only4D(ddx), geometry, 0), chosen);
        return tf.mul(tf.avgPool(products, size, size, 'valid'), filterHeight * filterWidth);
      },
      input: () => zerosOf(only4D(input)),
      output: () => zerosOf(only4D(output)),
    }),
  },
];

function poolingOf(attrs: tf.NamedAttrMap): Pooling {
  return attrs as unknown as Pooling;
}

function geometryOf(
  shape: [number, number, number, number],
  { filterSize, strides, pad, dimRoundingMode }: Pooling,
): Geometry {
  return tf.backend_util.computePool2DInfo(shape, filterSize, strides, 1, pad, dimRoundingMode);
}

function isPadded({ padInfo: { top, bottom, left, right } }: Geometry): boolean {
  return top + bottom + left + right > 0;
}

/** `[1, outHeight, outWidth, 1]`: pixels of a window over those within the image. */
function windowOverPixels(geometry: Geometry): tf.Tensor {
  const { inHeight, inWidth, outHeight, outWidth, strideHeight, strideWidth, padInfo } = geometry;
  const rows = pixelsWithin(outHeight, strideHeight, geometry.filterHeight, padInfo.top, inHeight);
  const columns = pixelsWithin(outWidth, strideWidth, geometry.filterWidth, padInfo.left, inWidth);
  const whole = geometry.filterHeight * geometry.filterWidth;
  const ratios = rows.flatMap((row) => columns.map((column) => whole / (row * column)));
  return tf.tensor4d(ratios, [1, outHeight, outWidth, 1]);
}

function pixelsWithin(count: number, stride: number, filter: number, before: number, size: number): number[] {
  return Array.from({ length: count }, (_, i) => {
    const start = i * stride - before;
    return Math.min(size, start + filter) - Math.max(0, start);
  });
}

/** The windows of an image, laid out without overlap: `[batch, outHeight * filterHeight, ..., channels]`. */
function sideBySide(image: tf.Tensor4D, geometry: Geometry, padding: number): tf.Tensor4D {
  const { top, bottom, left, right } = geometry.padInfo;
  const edges: [number, number][] = [
    [0, 0],
    [top, bottom],
    [left, right],
    [0, 0],
  ];
  const padded = isPadded(geometry) ? tf.pad(image, edges, padding) : image;
  const rows = windowIndices(geometry.outHeight, geometry.strideHeight, geometry.filterHeight);
  const columns = windowIndices(geometry.outWidth, geometry.strideWidth, geometry.filterWidth);
  return take(take(padded, rows, 1), columns, 2);
}

function windowIndices(count: number, stride: number, filter: number): number[] {
  return Array.from({ length: count * filter }, (_, i) => Math.floor(i / filter) * stride + (i % filter));
}

function take(image: tf.Tensor4D, indices: number[], axis: 1 | 2): tf.Tensor4D {
  const alreadyThere = indices.length === image.shape[axis] && indices.every((index, i) => index === i);
  return alreadyThere ? image : tf.gather(image, tf.tensor1d(indices, 'int32'), axis);
}
