import type * as tf from '@tensorflow/tfjs-core';
import type { OwnKernel } from '../register-kernels';
import type { TensorflowBackend } from './tensorflow-package';

/** A kernel with the inputs `I`, the attributes `A` and the result `R`. */
export type Kernel<I, A = object, R = tf.TensorInfo> = (args: KernelArguments<I, A>) => R;

export interface KernelArguments<I, A = object> {
  readonly inputs: Readonly<I>;
  readonly attrs: A;
  readonly backend: TensorflowBackend;
}

/**
 * Describes a kernel. tfjs's registry is untyped: this is the only place that gives it the types which the
 * kernel's op in tfjs-core guarantees.
 *
 * @param create Makes the kernel, given the stock one.
 */
export function tensorflowKernel<K extends (args: never) => tf.TensorInfo | tf.TensorInfo[]>(
  kernelName: string,
  create: (stock: K) => K,
): OwnKernel {
  const missing = () => {
    throw new Error(`${kernelName} on tensorflow: the stock kernel is missing`);
  };
  return {
    kernelName,
    create: (stock) => create((stock ?? missing) as unknown as K) as unknown as tf.KernelFunc,
  };
}
