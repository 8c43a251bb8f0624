import * as tf from '@tensorflow/tfjs-core';
import { handleOn } from '../data-handle';
import { type WasmKernelArguments, wasmKernel } from './kernel';

type Arguments = WasmKernelArguments<{ readonly x: tf.TensorInfo }, object>;

/**
 * A second handle on the same numbers, as on the backend `cpu`: tensors are never written again, so the
 * copy that the stock kernel makes of everything a gradient keeps is not needed.
 */
export const identity = wasmKernel(
  tf.Identity,
  () =>
    ({ inputs: { x }, backend }: Arguments) =>
      handleOn(backend, x),
);
