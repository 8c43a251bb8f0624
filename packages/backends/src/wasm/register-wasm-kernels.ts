import * as tf from '@tensorflow/tfjs-core';
import { batchMatMul } from './batch-mat-mul';
import { conv2D, fusedConv2D } from './conv2d';
import { conv2DBackpropFilter } from './conv2d-backprop-filter';
import { conv2DBackpropInput } from './conv2d-backprop-input';
import type { WasmKernel } from './kernel';
import { unsortedSegmentSum } from './unsorted-segment-sum';

const kernels: readonly WasmKernel[] = [
  conv2D,
  fusedConv2D,
  conv2DBackpropFilter,
  conv2DBackpropInput,
  batchMatMul,
  unsortedSegmentSum,
];

/** On our kernel functions, so that they are never taken for stock ones, not even by another copy of this package. */
const ours = Symbol.for('eigengan.kernel');

/** What became of one kernel. */
export interface RegisteredKernel {
  /** tfjs's name of the kernel. */
  readonly name: string;
  /** Whether stock tfjs has a kernel of this name, which ours replaced. */
  readonly replaced: boolean;
}

/**
 * Registers this package's kernels for tfjs's backend `wasm`, which must be imported first. Idempotent,
 * and possible before or after the backend has started.
 */
export function registerWasmKernels(): readonly RegisteredKernel[] {
  return kernels.map(({ kernelName, create }) => {
    const present = tf.getKernel(kernelName, 'wasm') as tf.KernelConfig | undefined;
    const previous = present && Reflect.get(present.kernelFunc, ours);
    if (typeof previous === 'object' && previous !== null) {
      return { name: kernelName, replaced: Reflect.get(previous, 'replaced') === true };
    }
    const kernelFunc = create(present?.kernelFunc);
    Object.defineProperty(kernelFunc, ours, { value: { replaced: present !== undefined } });
    if (present !== undefined) tf.unregisterKernel(kernelName, 'wasm');
    // The stock kernel keeps its setup: ours may call it.
    tf.registerKernel({ ...present, kernelName, backendName: 'wasm', kernelFunc });
    return { name: kernelName, replaced: present !== undefined };
  });
}
