import * as tf from '@tensorflow/tfjs-core';
import { runKernelFunction, runWasmKernel, type WasmKernelArguments, wasmKernel } from './kernel';

type Arguments = WasmKernelArguments<{ readonly x: tf.TensorInfo; readonly alpha: tf.TensorInfo }, object>;

/**
 * The leaky ReLU with learned slopes. The stock kernel repeats `alpha` over the numbers as they lie in
 * memory: right where its shape is the end of that of `x`, else silently wrong, as for `sharedAxes` of
 * `tf.layers.prelu` other than the first ones.
 */
export const prelu = wasmKernel(tf.Prelu, (stock) => ({ inputs: { x, alpha }, backend }: Arguments) => {
  if (stock === undefined) throw new Error('Prelu on wasm: the stock kernel is missing');
  if (isEnd(x.shape, alpha.shape)) return runKernelFunction(stock, backend, { x, alpha }, {});
  // relu(x) - alpha relu(-x)
  const minus = runWasmKernel(backend, tf.Neg, { x }, {});
  const positive = runWasmKernel(backend, tf.Relu, { x }, {});
  const negative = runWasmKernel(backend, tf.Relu, { x: minus }, {});
  const scaled = runWasmKernel(backend, tf.Multiply, { a: negative, b: alpha }, {});
  const result = runWasmKernel(backend, tf.Sub, { a: positive, b: scaled }, {});
  for (const { dataId } of [minus, positive, negative, scaled]) backend.disposeData(dataId);
  return result;
});

/** Whether `alpha`, without ones at its start, has the last axes of `x`. */
function isEnd(x: readonly number[], alpha: readonly number[]): boolean {
  const first = alpha.findIndex((size) => size !== 1);
  const own = first < 0 ? [] : alpha.slice(first);
  const start = x.length - own.length;
  return alpha.length <= x.length && own.every((size, axis) => size === x[start + axis]);
}
