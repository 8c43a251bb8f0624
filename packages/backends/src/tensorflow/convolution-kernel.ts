import type * as tf from '@tensorflow/tfjs-core';
import type { ConvolutionAttributes } from './convolution-margins';
import type { Kernel } from './tensorflow-kernel';

/** A convolution's kernel, by its inputs and by what it has beside the attributes of all of them. */
export type Convolve<I, A> = Kernel<I, A & ConvolutionAttributes & { readonly dataFormat?: 'NHWC' | 'NCHW' }>;

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
