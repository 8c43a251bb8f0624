import * as tf from '@tensorflow/tfjs-core';
import { handleOn } from '../data-handle';
import { type Kernel, tensorflowKernel } from './tensorflow-kernel';

/** A conversion; to the type a tensor has already, as tfjs's gradients ask for, none. */
export const cast = tensorflowKernel<Kernel<{ x: tf.TensorInfo }, tf.CastAttrs>>(
  tf.Cast,
  (stock) => (args) =>
    args.attrs.dtype === args.inputs.x.dtype ? handleOn(args.backend, args.inputs.x) : stock(args),
);
