import * as tf from '@tensorflow/tfjs-core';
import { addressOf, runKernelFunction, type WasmKernelArguments, wasmKernel } from './kernel';
import { overElements } from './over-elements';
import { simdOf } from './simd-module';

type Arguments = WasmKernelArguments<{ readonly x: tf.TensorInfo }, tf.LeakyReluAttrs>;

/** The leaky ReLU, four numbers at a time where the stock kernel takes one. */
export const leakyRelu = wasmKernel(
  tf.LeakyRelu,
  (stock) =>
    ({ inputs: { x }, attrs, backend }: Arguments) => {
      const simd = simdOf(backend);
      if (simd && x.dtype === 'float32') {
        const result = backend.makeOutput(x.shape, 'float32');
        const [from, to] = [addressOf(backend, x), addressOf(backend, result)];
        overElements(simd, tf.util.sizeFromShape(x.shape), 4, (kernels, offset, count) =>
          kernels.leakyRelu(from + offset, to + offset, count, attrs.alpha),
        );
        return result;
      }
      if (stock === undefined) throw new Error('LeakyRelu on wasm: the stock kernel is missing');
      return runKernelFunction(stock, backend, { x }, { ...attrs });
    },
);
