import * as tf from '@tensorflow/tfjs-core';
import { dilationOf, isDilated, space, spacedShape, unspace } from './spaced-filter';
import { only4D, run } from './tensors';

type Attributes = tf.NamedAttrMap | undefined;

/** Stock refuses the gradient of a dilated filter; it is that of the filter with zeros between its taps. */
export const convolution: readonly tf.GradConfig[] = [
  {
    // dx = the transposed convolution of dy with w, dw = the correlation of x and dy.
    kernelName: tf.Conv2D,
    inputsToSave: ['x', 'filter'],
    gradFunc: (dy, [x, filter], attrs) => {
      const [gradient, image, taps] = [only4D(dy), only4D(x), only4D(filter)];
      const dilation = dilationOf(attrs.dilations);
      const dilated = isDilated(dilation);
      return {
        x: () => inputGradient(image.shape, gradient, dilated ? space(taps, dilation) : taps, attrs),
        filter: () => {
          const spaced = filterGradient(image, gradient, spacedShape(taps.shape, dilation), attrs);
          return dilated ? unspace(spaced, taps.shape, dilation) : spaced;
        },
      };
    },
  },
  {
    // dw is linear in x and in dy. Stock has none: it throws.
    kernelName: tf.Conv2DBackpropFilter,
    inputsToSave: ['x', 'dy'],
    gradFunc: (ddw, [x, dy], attrs) => {
      const [taps, image, gradient] = [only4D(ddw), only4D(x), only4D(dy)];
      const { strides, pad, dataFormat, dimRoundingMode } = attrs as unknown as tf.Conv2DBackpropFilterAttrs;
      return {
        x: () => inputGradient(image.shape, gradient, taps, attrs),
        dy: () => tf.conv2d(image, taps, strides, pad, dataFormat, 1, dimRoundingMode),
      };
    },
  },
];

/** For depthwise convolution the same, channel by channel; stock's two kernels have no gradients. */
export const depthwise: readonly tf.GradConfig[] = [
  {
    kernelName: tf.DepthwiseConv2dNative,
    inputsToSave: ['x', 'filter'],
    gradFunc: (dy, [x, filter], attrs) => {
      const [gradient, image, taps] = [only4D(dy), only4D(x), only4D(filter)];
      const dilation = dilationOf(attrs.dilations);
      const dilated = isDilated(dilation);
      return {
        x: () => depthwiseInputGradient(image.shape, gradient, dilated ? space(taps, dilation) : taps, attrs),
        filter: () => {
          const spaced = depthwiseFilterGradient(image, gradient, spacedShape(taps.shape, dilation), attrs);
          return dilated ? unspace(spaced, taps.shape, dilation) : spaced;
        },
      };
    },
  },
  {
    // dx is linear in dy and in w: ddy = the convolution of ddx, dw = the correlation of ddx and dy.
    kernelName: tf.DepthwiseConv2dNativeBackpropInput,
    inputsToSave: ['dy', 'filter'],
    gradFunc: (ddx, [dy, filter], attrs) => ({
      dy: () => depthwiseConvolution(only4D(ddx), only4D(filter), attrs),
      filter: () => depthwiseFilterGradient(only4D(ddx), only4D(dy), only4D(filter).shape, attrs),
    }),
  },
  {
    // dw is linear in x and in dy.
    kernelName: tf.DepthwiseConv2dNativeBackpropFilter,
    inputsToSave: ['x', 'dy'],
    gradFunc: (ddw, [x, dy], attrs) => ({
      x: () => depthwiseInputGradient(only4D(x).shape, only4D(dy), only4D(ddw), attrs),
      dy: () => depthwiseConvolution(only4D(x), only4D(ddw), attrs),
    }),
  },
];

function inputGradient(inputShape: number[], dy: tf.Tensor4D, filter: tf.Tensor4D, attrs: Attributes) {
  const { strides, pad, dataFormat, dimRoundingMode } = { ...attrs };
  const own = { strides, pad, dataFormat, dimRoundingMode, inputShape };
  return only4D(run(tf.Conv2DBackpropInput, { dy, filter }, own));
}

function filterGradient(x: tf.Tensor4D, dy: tf.Tensor4D, filterShape: number[], attrs: Attributes) {
  const { strides, pad, dataFormat, dimRoundingMode } = { ...attrs };
  const own = { strides, pad, dataFormat, dimRoundingMode, filterShape };
  return only4D(run(tf.Conv2DBackpropFilter, { x, dy }, own));
}

function depthwiseInputGradient(
  inputShape: number[],
  dy: tf.Tensor4D,
  filter: tf.Tensor4D,
  attrs: Attributes,
) {
  const { strides, pad, dimRoundingMode } = { ...attrs };
  const own = { strides, pad, dimRoundingMode, dilations: [1, 1], inputShape };
  return only4D(run(tf.DepthwiseConv2dNativeBackpropInput, { dy, filter }, own));
}

function depthwiseFilterGradient(x: tf.Tensor4D, dy: tf.Tensor4D, filterShape: number[], attrs: Attributes) {
  const { strides, pad, dimRoundingMode } = { ...attrs };
  const own = { strides, pad, dimRoundingMode, dilations: [1, 1], filterShape };
  return only4D(run(tf.DepthwiseConv2dNativeBackpropFilter, { x, dy }, own));
}

function depthwiseConvolution(x: tf.Tensor4D, filter: tf.Tensor4D, attrs: Attributes): tf.Tensor4D {
  const { strides, pad, dimRoundingMode } = { ...attrs } as unknown as tf.DepthwiseConv2dNativeAttrs;
  return tf.depthwiseConv2d(x, filter, strides, pad, 'NHWC', 1, dimRoundingMode);
}
