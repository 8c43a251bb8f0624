import * as tf from '@tensorflow/tfjs-core';
import { copyBox } from './copy-box';
import { runKernelFunction, type WasmKernelArguments, wasmKernel } from './kernel';
import { simdOf } from './simd-module';

type Arguments = WasmKernelArguments<{ readonly x: tf.TensorInfo }, tf.SliceAttrs>;

/** A part of a tensor. The stock kernel first copies all of the tensor out of the memory. */
export const slice = wasmKernel(tf.Slice, (stock) => ({ inputs: { x }, attrs, backend }: Arguments) => {
  if (stock === undefined) throw new Error('Slice on wasm: the stock kernel is missing');
  const simd = simdOf(backend);
  const [begin = [], size = []] = tf.slice_util.parseSliceParams(x, attrs.begin, attrs.size);
  return (
    (simd && copyBox(simd, backend, x, begin, size)) ?? runKernelFunction(stock, backend, { x }, { ...attrs })
  );
});
