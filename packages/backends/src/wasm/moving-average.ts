import { type MovingAverageKernelAttributes, updateKernels } from '@eigengan/core';
import * as tf from '@tensorflow/tfjs-core';
import { averageUpdate } from '../loops/updates';
import { addressOf, heapFloats, type WasmKernelArguments, wasmKernel } from './kernel';
import { overElements } from './over-elements';
import { simdOf } from './simd-module';

type Arguments = WasmKernelArguments<
  Readonly<Record<'average' | 'source', tf.TensorInfo>>,
  MovingAverageKernelAttributes
>;

/** A step of a moving average in one pass. */
export const movingAverage = wasmKernel(
  updateKernels.movingAverage,
  () =>
    ({ inputs: { average, source }, attrs: { rest }, backend }: Arguments) => {
      const result = backend.makeOutput(average.shape, 'float32');
      const simd = simdOf(backend);
      if (simd === undefined) {
        const floats = (info: tf.TensorInfo) => heapFloats(backend, info);
        averageUpdate(floats(average), floats(source), floats(result), rest);
        return result;
      }
      const [from, towards, to] = [
        addressOf(backend, average),
        addressOf(backend, source),
        addressOf(backend, result),
      ];
      overElements(simd, tf.util.sizeFromShape(average.shape), 4, (kernels, at, count) =>
        kernels.moveAverage(from + at, towards + at, to + at, count, rest),
      );
      return result;
    },
);
