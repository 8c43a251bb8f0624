import * as tf from '@tensorflow/tfjs-core';
import { bilinearWeights, nearestWeights, type ResizeAxis } from './resize-weights';
import { only4D, run, zerosOf } from './tensors';

type Weights = (axis: ResizeAxis) => Float32Array;

export const resizing: readonly tf.GradConfig[] = [
  {
    // A bilinear resize is linear along each axis, y = R x C', so dx = R' dy C: two matrix products, which
    // have gradients of every order. Stock's kernel is wrong or throws where an image is not square, knows no
    // half-pixel centres, and has no gradient.
    kernelName: tf.ResizeBilinear,
    inputsToSave: ['images'],
    gradFunc: (dy, [images], attrs) => ({
      images: () => resizeBack(only4D(dy), only4D(images).shape, attrs, bilinearWeights),
    }),
  },
  {
    // Stock's kernel is right and fast, but for half-pixel centres, which it does not know.
    kernelName: tf.ResizeNearestNeighbor,
    inputsToSave: ['images'],
    gradFunc: (dy, [images], attrs) => ({
      images: () =>
        attrs.halfPixelCenters === true
          ? resizeBack(only4D(dy), only4D(images).shape, attrs, nearestWeights)
          : run(tf.ResizeNearestNeighborGrad, { dy: only4D(dy), images: only4D(images) }, attrs),
    }),
  },
  {
    // dx = R' dy with R the resize, so ddy = R ddx. Stock has none: it throws.
    kernelName: tf.ResizeNearestNeighborGrad,
    inputsToSave: ['dy', 'images'],
    gradFunc: (ddx, [dy, images], attrs) => ({
      dy: () => {
        const [, height, width] = only4D(dy).shape;
        return tf.image.resizeNearestNeighbor(
          only4D(ddx),
          [height, width],
          attrs.alignCorners === true,
          attrs.halfPixelCenters === true,
        );
      },
      images: () => zerosOf(only4D(images)),
    }),
  },
];

function resizeBack(
  dy: tf.Tensor4D,
  shape: [number, number, number, number],
  attrs: tf.NamedAttrMap,
  weights: Weights,
): tf.Tensor {
  const [batch, height, width, channels] = shape;
  const [, outHeight, outWidth] = dy.shape;
  const matrix = (size: number, outSize: number) => {
    const alignCorners = attrs.alignCorners === true;
    const halfPixelCenters = attrs.halfPixelCenters === true;
    return tf.tensor3d(weights({ size, outSize, alignCorners, halfPixelCenters }), [1, size, outSize]);
  };
  const rows = tf.matMul(matrix(height, outHeight), tf.reshape(dy, [batch, outHeight, outWidth * channels]));
  const pixels = tf.matMul(matrix(width, outWidth), tf.reshape(rows, [batch * height, outWidth, channels]));
  return tf.reshape(pixels, shape);
}
