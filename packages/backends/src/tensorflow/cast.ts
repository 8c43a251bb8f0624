import * as tf from '@tensorflow/tfjs-core';
import { handleOn } from '../data-handle';
import type { OwnKernel } from '../register-kernels';
import type { TensorflowBackend } from './tensorflow-package';

interface Arguments {
  readonly inputs: { readonly x: tf.TensorInfo };
  readonly attrs: tf.CastAttrs;
  readonly backend: TensorflowBackend;
}

/** A conversion; to the type a tensor has already, as tfjs's gradients ask for, none. */
export const cast: OwnKernel = {
  kernelName: tf.Cast,
  create: (stock) => {
    const kernel = (args: Arguments) =>
      args.attrs.dtype === args.inputs.x.dtype
        ? handleOn(args.backend, args.inputs.x)
        : stock?.(args as unknown as Parameters<tf.KernelFunc>[0]);
    return kernel as unknown as tf.KernelFunc;
  },
};
