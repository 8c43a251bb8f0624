import * as tf from '@tensorflow/tfjs-core';
import { deferred } from './deferred';
import { addressOf, runKernelFunction, type WasmKernelArguments, wasmKernel } from './kernel';
import { simdOf } from './simd-module';

type Arguments = WasmKernelArguments<{ readonly x: tf.TensorInfo }, tf.SumAttrs>;

/** The sum over axes; that over the first ones, as the gradient of a bias is, in one pass by our own. */
export const sum = wasmKernel(tf.Sum, (stock) => ({ inputs: { x }, attrs, backend }: Arguments) => {
  const simd = simdOf(backend);
  const rank = x.shape.length;
  const axes = [...tf.util.parseAxisParam(attrs.axis, x.shape)].sort((p, q) => p - q);
  const count = axes.length;
  const rows = tf.util.sizeFromShape(x.shape.slice(0, count));
  const columns = tf.util.sizeFromShape(x.shape.slice(count));
  const leading = count < rank && axes.every((axis, index) => axis === index);
  if (simd && x.dtype === 'float32' && leading && rows * columns > 0) {
    const kept = x.shape.slice(count);
    const shape = attrs.keepDims ? [...new Array<number>(count).fill(1), ...kept] : kept;
    return deferred(backend, shape, { x }, ({ x }) => {
      const result = backend.makeOutput(shape, 'float32');
      simd.kernels.sumRows(addressOf(backend, x), addressOf(backend, result), rows, columns);
      return result;
    });
  }
  if (stock === undefined) throw new Error('Sum on wasm: the stock kernel is missing');
  return runKernelFunction(stock, backend, { x }, { ...attrs });
});
