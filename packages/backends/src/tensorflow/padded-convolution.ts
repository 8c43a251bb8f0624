import * as tf from '@tensorflow/tfjs-core';
import type { OwnKernel } from '../register-kernels';
import type { FilterGradient, Forward, InputGradient } from './convolution-kernel';
import {
  addMargins,
  type ConvolutionAttributes,
  convolutionMargins,
  dropMargins,
  shapeWithMargins,
} from './convolution-margins';
import { deferred } from './deferred';
import { filterGradientOfFew, forwardToFew, inputGradientOfFew } from './few-channels';
import { filterGradient, forward, inputGradient } from './plain-convolutions';
import { tensorflowKernel } from './tensorflow-kernel';

/** The stock kernels know 'same' and 'valid' only, and no more than they know should reach them. */
function isPlain({ pad, dataFormat }: ConvolutionAttributes & { dataFormat?: string }): boolean {
  return typeof pad === 'string' || dataFormat === 'NCHW';
}

const padForward =
  (depthwise: boolean) =>
  (stock: Forward): Forward =>
  (args) => {
    const { inputs, attrs } = args;
    if (isPlain(attrs)) return stock(args);
    const margins = convolutionMargins(inputs.x.shape, inputs.filter.shape, attrs, depthwise);
    return tf.tidy(
      () =>
        stock({
          ...args,
          inputs: { ...inputs, x: addMargins(inputs.x, margins) },
          attrs: { ...attrs, pad: 'valid' },
        }) as tf.Tensor,
    );
  };

const padInputGradient =
  (depthwise: boolean) =>
  (stock: InputGradient): InputGradient =>
  ({ inputs, attrs, backend }) =>
    deferred(backend, attrs.inputShape, inputs, (inputs) => {
      if (isPlain(attrs)) return stock({ inputs, attrs, backend });
      const margins = convolutionMargins(attrs.inputShape, inputs.filter.shape, attrs, depthwise);
      return tf.tidy(() => {
        const inputShape = shapeWithMargins(attrs.inputShape, margins);
        const gradient = stock({ inputs, attrs: { ...attrs, inputShape, pad: 'valid' }, backend });
        return dropMargins(gradient as tf.Tensor4D, margins);
      });
    });

const padFilterGradient =
  (depthwise: boolean) =>
  (stock: FilterGradient): FilterGradient =>
  ({ inputs, attrs, backend }) =>
    deferred(backend, attrs.filterShape, inputs, (inputs) => {
      if (attrs.dataFormat === 'NCHW') return stock({ inputs, attrs, backend });
      const margins = convolutionMargins(inputs.x.shape, attrs.filterShape, attrs, depthwise);
      // With oneDNN the stock kernel is wrong where rows of x are left out, e.g. by a 1 x 1 filter with stride 2.
      if (isPlain(attrs) && margins.every((margin) => margin >= 0)) {
        return stock({ inputs, attrs, backend });
      }
      return tf.tidy(
        () =>
          stock({
            inputs: { ...inputs, x: addMargins(inputs.x, margins) },
            attrs: { ...attrs, pad: 'valid' },
            backend,
          }) as tf.Tensor,
      );
    });

/**
 * The convolutions and their gradients. Stock tfjs-node throws at a padding given in numbers, and its filter
 * gradient is silently wrong where the strides leave rows or columns of the input unused.
 */
export const convolutions: readonly OwnKernel[] = [
  tensorflowKernel(tf.Conv2D, (stock: Forward) => padForward(false)(forwardToFew(forward(stock)))),
  tensorflowKernel(tf.FusedConv2D, (stock: Forward) => padForward(false)(forwardToFew(forward(stock)))),
  tensorflowKernel(tf.DepthwiseConv2dNative, padForward(true)),
  tensorflowKernel(tf.FusedDepthwiseConv2D, padForward(true)),
  tensorflowKernel(tf.Conv2DBackpropInput, (stock: InputGradient) =>
    padInputGradient(false)(inputGradientOfFew(inputGradient(stock))),
  ),
  tensorflowKernel(tf.DepthwiseConv2dNativeBackpropInput, padInputGradient(true)),
  tensorflowKernel(tf.Conv2DBackpropFilter, (stock: FilterGradient) =>
    padFilterGradient(false)(filterGradientOfFew(filterGradient(stock))),
  ),
  tensorflowKernel(tf.DepthwiseConv2dNativeBackpropFilter, padFilterGradient(true)),
];
