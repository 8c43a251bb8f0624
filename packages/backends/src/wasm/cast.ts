import * as tf from '@tensorflow/tfjs-core';
import { handleOn } from '../data-handle';
import { runKernelFunction, type WasmKernelArguments, wasmKernel } from './kernel';

type Arguments = WasmKernelArguments<{ readonly x: tf.TensorInfo }, tf.CastAttrs>;

/** A conversion; to the type a tensor has already, as tfjs's gradients ask for, without the stock kernel's copy. */
export const cast = wasmKernel(tf.Cast, (stock) => ({ inputs: { x }, attrs, backend }: Arguments) => {
  if (attrs.dtype === x.dtype) return handleOn(backend, x);
  if (stock === undefined) throw new Error('Cast on wasm: the stock kernel is missing');
  return runKernelFunction(stock, backend, { x }, { ...attrs });
});
