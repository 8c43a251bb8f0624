import * as tf from '@tensorflow/tfjs-core';
import type { OwnKernel } from '../register-kernels';
import {
  addMargins,
  type ConvolutionAttributes,
  convolutionMargins,
  dropMargins,
  shapeWithMargins,
} from './convolution-margins';
import { deferred } from './deferred';
import type { TensorflowBackend } from './tensorflow-package';

interface Arguments<I, A> {
  readonly inputs: { readonly [name in keyof I]: tf.Tensor4D };
  readonly attrs: A & ConvolutionAttributes & { readonly dataFormat?: 'NHWC' | 'NCHW' };
  readonly backend: TensorflowBackend;
}

type Stock<I, A> = (args: Arguments<I, A>) => tf.TensorInfo;

/** tfjs's registry is untyped: here the kernels get the types that their ops in tfjs-core guarantee. */
function convolutionKernel<I, A>(kernelName: string, create: (stock: Stock<I, A>) => Stock<I, A>): OwnKernel {
  return {
    kernelName,
    create: (stock) => create(stock as unknown as Stock<I, A>) as unknown as tf.KernelFunc,
  };
}

/** The stock kernels know 'same' and 'valid' only, and no more than they know should reach them. */
function isPlain({ pad, dataFormat }: ConvolutionAttributes & { dataFormat?: string }): boolean {
  return typeof pad === 'string' || dataFormat === 'NCHW';
}

const forward = (kernelName: string, depthwise: boolean) =>
  convolutionKernel<{ x: 0; filter: 0 }, object>(kernelName, (stock) => (args) => {
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
  });

const inputGradient = (kernelName: string, depthwise: boolean) =>
  convolutionKernel<{ dy: 0; filter: 0 }, { readonly inputShape: tf.Tensor4D['shape'] }>(
    kernelName,
    (stock) =>
      ({ inputs, attrs, backend }) =>
        deferred(backend, attrs.inputShape, inputs, (inputs) => {
          if (isPlain(attrs)) return stock({ inputs, attrs, backend });
          const margins = convolutionMargins(attrs.inputShape, inputs.filter.shape, attrs, depthwise);
          return tf.tidy(() => {
            const inputShape = shapeWithMargins(attrs.inputShape, margins);
            const gradient = stock({ inputs, attrs: { ...attrs, inputShape, pad: 'valid' }, backend });
            return dropMargins(gradient as tf.Tensor4D, margins);
          });
        }),
  );

const filterGradient = (kernelName: string, depthwise: boolean) =>
  convolutionKernel<{ x: 0; dy: 0 }, { readonly filterShape: tf.Tensor4D['shape'] }>(
    kernelName,
    (stock) =>
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
        }),
  );

/**
 * The convolutions and their gradients. Stock tfjs-node throws at a padding given in numbers, and its filter
 * gradient is silently wrong where the strides leave rows or columns of the input unused.
 */
export const paddedConvolutions: readonly OwnKernel[] = [
  forward(tf.Conv2D, false),
  forward(tf.FusedConv2D, false),
  forward(tf.DepthwiseConv2dNative, true),
  forward(tf.FusedDepthwiseConv2D, true),
  inputGradient(tf.Conv2DBackpropInput, false),
  inputGradient(tf.DepthwiseConv2dNativeBackpropInput, true),
  filterGradient(tf.Conv2DBackpropFilter, false),
  filterGradient(tf.DepthwiseConv2dNativeBackpropFilter, true),
];
