import type * as tf from '@tensorflow/tfjs-core';
import type { OwnKernel } from '../register-kernels';
import type { ConvolutionAttributes } from './convolution-margins';
import type { TensorflowBackend } from './tensorflow-package';

export interface ConvolutionArguments<I, A> {
  readonly inputs: Readonly<I>;
  readonly attrs: A & ConvolutionAttributes & { readonly dataFormat?: 'NHWC' | 'NCHW' };
  readonly backend: TensorflowBackend;
}

/** A convolution's kernel, by its inputs and by what it has beside the attributes of all of them. */
export type Convolve<I, A> = (args: ConvolutionArguments<I, A>) => tf.TensorInfo;

export type Forward = Convolve<
  { x: tf.Tensor4D; filter: tf.Tensor4D; bias?: tf.Tensor1D },
  { readonly activation?: tf.backend_util.Activation | undefined }
>;
export type InputGradient = Convolve<
  { dy: tf.Tensor4D; filter: tf.Tensor4D },
  { readonly inputShape: tf.Tensor4D['shape'] }
>;
export type FilterGradient = Convolve<
  { x: tf.Tensor4D; dy: tf.Tensor4D },
  { readonly filterShape: tf.Tensor4D['shape'] }
>;

/** tfjs's registry is untyped: here the kernels get the types that their ops in tfjs-core guarantee. */
export function convolutionKernel<K>(kernelName: string, create: (stock: K) => K): OwnKernel {
  return {
    kernelName,
    create: (stock) => create(stock as unknown as K) as unknown as tf.KernelFunc,
  };
}
