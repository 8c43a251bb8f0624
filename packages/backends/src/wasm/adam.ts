import { type AdamKernelAttributes, updateKernels } from '@eigengan/core';
import * as tf from '@tensorflow/tfjs-core';
import { handleOn } from '../data-handle';
import { adamUpdate } from '../loops/updates';
import { inPlace } from './in-place';
import { addressOf, heapFloats, type WasmKernelArguments, wasmKernel } from './kernel';
import { overElements } from './over-elements';
import { simdOf } from './simd-module';

type Arguments = WasmKernelArguments<
  Readonly<Record<'weight' | 'm' | 'v' | 'gradient', tf.TensorInfo>>,
  AdamKernelAttributes
>;

/** A weight's update by Adam in one pass; the first moment is the gradient's own buffer where beta1 is 0. */
export const adam = wasmKernel(
  updateKernels.adam,
  () =>
    ({ inputs: { weight, m, v, gradient }, attrs, backend }: Arguments) => {
      const { beta1, beta2, epsilon, rate } = attrs;
      const keepsMoment = beta1 !== 0;
      const results = [
        // Fresh: tfjs's convolutions keep a filter, packed, for as long as its data has the same id.
        backend.makeOutput(weight.shape, 'float32'),
        keepsMoment ? inPlace(backend, m) : handleOn(backend, gradient),
        inPlace(backend, v),
      ] as const;
      const simd = simdOf(backend);
      if (simd === undefined) {
        const [newWeight, newM, newV] = results;
        const floats = (info: tf.TensorInfo) => heapFloats(backend, info);
        adamUpdate(
          { weight: floats(weight), m: floats(m), v: floats(v), gradient: floats(gradient) },
          { weight: floats(newWeight), m: floats(newM), v: floats(newV) },
          attrs,
        );
        return [...results];
      }
      const [w0 = 0, m0 = 0, v0 = 0, g0 = 0, w1 = 0, m1 = 0, v1 = 0] = [
        weight,
        m,
        v,
        gradient,
        ...results,
      ].map((info) => addressOf(backend, info));
      overElements(simd, tf.util.sizeFromShape(weight.shape), 16, (kernels, at, count) =>
        kernels.updateByAdam(
          w0 + at,
          keepsMoment ? m0 + at : 0,
          v0 + at,
          g0 + at,
          w1 + at,
          m1 + at,
          v1 + at,
          count,
          1 - beta1,
          1 - beta2,
          epsilon,
          rate,
        ),
      );
      return [...results];
    },
);
