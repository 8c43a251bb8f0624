import * as tf from '@tensorflow/tfjs-core';
import { addressOf, runKernelFunction, type WasmKernelArguments, wasmKernel } from './kernel';
import { overElements } from './over-elements';
import { simdOf } from './simd-module';

type Arguments = WasmKernelArguments<{ readonly x: tf.TensorInfo }, object>;

/** The hyperbolic tangent, for which the stock kernel calls a function of double precision a number. */
export const tanh = wasmKernel(tf.Tanh, (stock) => ({ inputs: { x }, backend }: Arguments) => {
  const simd = simdOf(backend);
  if (simd && x.dtype === 'float32') {
    const result = backend.makeOutput(x.shape, 'float32');
    const [from, to] = [addressOf(backend, x), addressOf(backend, result)];
    overElements(simd, tf.util.sizeFromShape(x.shape), 32, (kernels, offset, count) =>
      kernels.tanh(from + offset, to + offset, count),
    );
    return result;
  }
  if (stock === undefined) throw new Error('Tanh on wasm: the stock kernel is missing');
  return runKernelFunction(stock, backend, { x }, {});
});
