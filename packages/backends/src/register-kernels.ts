import * as tf from '@tensorflow/tfjs-core';

/** One kernel of ours, for the backend it is registered with. */
export interface OwnKernel {
  /** tfjs's name of the kernel. */
  readonly kernelName: string;
  /** Makes the kernel, given the stock one of the same name where there is one. */
  create(stock: tf.KernelFunc | undefined): tf.KernelFunc;
}

/** What became of one kernel. */
export interface RegisteredKernel {
  /** tfjs's name of the kernel. */
  readonly name: string;
  /** Whether stock tfjs has a kernel of this name, which ours replaced. */
  readonly replaced: boolean;
}

/** On our kernel functions, so that they are never taken for stock ones, not even by another copy of this package. */
const ours = Symbol.for('eigengan.kernel');

/** Registers kernels in place of the stock ones. Idempotent; the backend's package must be imported first. */
export function registerKernels(
  backendName: string,
  kernels: readonly OwnKernel[],
): readonly RegisteredKernel[] {
  return kernels.map(({ kernelName, create }) => {
    const present = tf.getKernel(kernelName, backendName) as tf.KernelConfig | undefined;
    const previous: unknown = present && Reflect.get(present.kernelFunc, ours);
    if (typeof previous === 'object' && previous !== null) {
      return { name: kernelName, replaced: Reflect.get(previous, 'replaced') === true };
    }
    const kernelFunc = create(present?.kernelFunc);
    Object.defineProperty(kernelFunc, ours, { value: { replaced: present !== undefined } });
    if (present !== undefined) tf.unregisterKernel(kernelName, backendName);
    // The stock kernel keeps its setup: ours may call it.
    tf.registerKernel({ ...present, kernelName, backendName, kernelFunc });
    return { name: kernelName, replaced: present !== undefined };
  });
}
