import * as tf from '@tensorflow/tfjs-core';
import { leakyReluGradName } from '../gradients/leaky-relu-grad';
import { addressOf, runWasmKernel, type WasmKernelArguments, wasmKernel } from './kernel';
import { overElements } from './over-elements';
import { simdOf } from './simd-module';

type Arguments = WasmKernelArguments<
  { readonly x: tf.TensorInfo; readonly dy: tf.TensorInfo },
  tf.LeakyReluAttrs
>;

/** The gradient of the leaky ReLU in one pass, without a tensor of slopes. */
export const leakyReluGrad = wasmKernel(
  leakyReluGradName,
  () =>
    ({ inputs: { x, dy }, attrs: { alpha }, backend }: Arguments) => {
      const simd = simdOf(backend);
      if (simd) {
        const result = backend.makeOutput(x.shape, 'float32');
        const [at, from, to] = [addressOf(backend, x), addressOf(backend, dy), addressOf(backend, result)];
        overElements(simd, tf.util.sizeFromShape(x.shape), 4, (kernels, offset, count) =>
          kernels.leakyReluGradient(at + offset, from + offset, to + offset, count, alpha),
        );
        return result;
      }
      const slopes = runWasmKernel(backend, tf.Step, { x }, { alpha });
      const result = runWasmKernel(backend, tf.Multiply, { a: dy, b: slopes }, {});
      backend.disposeData(slopes.dataId);
      return result;
    },
);
