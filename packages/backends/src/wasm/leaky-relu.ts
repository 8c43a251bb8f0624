import * as tf from '@tensorflow/tfjs-core';
import { inParts, partsOf, rangeOf } from './in-parts';
import { runKernelFunction, type WasmKernelArguments, wasmKernel } from './kernel';
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
        const address = (info: tf.TensorInfo) => backend.dataIdMap.get(info.dataId).memoryOffset;
        const [from, to, size] = [address(x), address(result), tf.util.sizeFromShape(x.shape)];
        const parts = partsOf(simd, 4 * size, size);
        inParts(simd, parts, ({ kernels }, part) => {
          const [first, end] = rangeOf(size, parts, part, 16);
          kernels.leakyRelu(from + 4 * first, to + 4 * first, end - first, attrs.alpha);
        });
        return result;
      }
      if (stock === undefined) throw new Error('LeakyRelu on wasm: the stock kernel is missing');
      return runKernelFunction(stock, backend, { x }, { ...attrs });
    },
);
