import * as tf from '@tensorflow/tfjs-core';
import { transpose } from './composed-ops';
import { runKernelFunction, type WasmKernelArguments, wasmKernel } from './kernel';

type Arguments = WasmKernelArguments<
  { readonly a: tf.TensorInfo; readonly b: tf.TensorInfo },
  tf.BatchMatMulAttrs
>;

/**
 * The stock matrix product, with a transposed first operand transposed beforehand: stock wasm multiplies
 * by a transposed operand in a plain loop, and the gradient of every dense kernel is such a product.
 */
export const batchMatMul = wasmKernel(tf.BatchMatMul, (stock) => ({ inputs, attrs, backend }: Arguments) => {
  if (stock === undefined) throw new Error('BatchMatMul on wasm: the stock kernel is missing');
  const { a, b } = inputs;
  if (!attrs.transposeA) return runKernelFunction(stock, backend, { a, b }, { ...attrs });
  const last = a.shape.length - 1;
  const perm = [...a.shape.keys()];
  perm[last] = last - 1;
  perm[last - 1] = last;
  const straight = transpose(backend, a, perm);
  const product = runKernelFunction(stock, backend, { a: straight, b }, { ...attrs, transposeA: false });
  backend.disposeData(straight.dataId);
  return product;
});
