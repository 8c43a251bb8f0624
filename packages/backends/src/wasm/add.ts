import * as tf from '@tensorflow/tfjs-core';
import { inParts, partsOf, rangeOf } from './in-parts';
import { addressOf, runKernelFunction, type WasmKernelArguments, wasmKernel } from './kernel';
import { simdOf } from './simd-module';

type Arguments = WasmKernelArguments<{ readonly a: tf.TensorInfo; readonly b: tf.TensorInfo }, object>;

/** The sum of two tensors; that of a tensor and a bias, which the stock kernel adds one by one, by our own. */
export const add = wasmKernel(tf.Add, (stock) => ({ inputs: { a, b }, attrs, backend }: Arguments) => {
  const simd = simdOf(backend);
  const floats = a.dtype === 'float32' && b.dtype === 'float32';
  const [x, bias] = tf.util.sizeFromShape(a.shape) >= tf.util.sizeFromShape(b.shape) ? [a, b] : [b, a];
  if (simd && floats && isBias(x.shape, bias.shape)) {
    const result = backend.makeOutput(x.shape, 'float32');
    const [from, row, to] = [addressOf(backend, x), addressOf(backend, bias), addressOf(backend, result)];
    const columns = tf.util.sizeFromShape(bias.shape);
    const rows = tf.util.sizeFromShape(x.shape) / columns;
    const parts = partsOf(simd, 4 * rows * columns, rows);
    inParts(simd, parts, ({ kernels }, part) => {
      const [first, end] = rangeOf(rows, parts, part);
      const offset = 4 * columns * first;
      kernels.addRow(from + offset, row, to + offset, end - first, columns);
    });
    return result;
  }
  if (stock === undefined) throw new Error('Add on wasm: the stock kernel is missing');
  return runKernelFunction(stock, backend, { a, b }, { ...attrs });
});

/** Whether `bias` is one row of `x`, as layers shape it too, [1, ..., 1, row], and long enough to be worth it. */
function isBias(x: readonly number[], bias: readonly number[]): boolean {
  const leading = bias.findIndex((size) => size !== 1);
  const row = bias.slice(leading);
  const start = x.length - row.length;
  return (
    start > 0 &&
    bias.length <= x.length &&
    tf.util.sizeFromShape(row) >= 4 &&
    row.every((size, axis) => size === x[start + axis])
  );
}
