import { argumentError } from '@eigengan/core';
import * as tf from '@tensorflow/tfjs-core';
import { type WasmKernelArguments, wasmKernel } from './kernel';

type Arguments = WasmKernelArguments<
  { readonly x: tf.TensorInfo; readonly segmentIds: tf.TensorInfo },
  tf.UnsortedSegmentSumAttrs
>;

/**
 * `out[s] = sum of x[i] over the i with segmentIds[i] = s`, which stock wasm lacks; `tf.gather` needs it
 * for its gradient. Ids outside `[0, numSegments)` are left out, as on the backend `cpu`.
 */
export const unsortedSegmentSum = wasmKernel(
  tf.UnsortedSegmentSum,
  () =>
    ({ inputs: { x, segmentIds }, attrs: { numSegments }, backend }: Arguments) => {
      const rank = segmentIds.shape.length;
      if (rank !== 1 || segmentIds.shape[0] !== x.shape[0]) {
        throw argumentError(
          'UnsortedSegmentSum on wasm',
          `segmentIds must have the shape [${x.shape[0]}], one id a row of x`,
          segmentIds.shape,
        );
      }
      const result = backend.makeOutput([numSegments, ...x.shape.slice(1)], x.dtype);
      const size = tf.util.sizeFromShape(x.shape.slice(1));
      // Views last: making the output may have moved the heap.
      const to = backend.typedArrayFromHeap(result);
      const from = backend.typedArrayFromHeap(x);
      const ids = backend.typedArrayFromHeap(segmentIds);
      to.fill(0);
      for (let row = 0; row < ids.length; row++) {
        const segment = ids[row] as number;
        if (segment < 0 || segment >= numSegments) continue;
        for (let k = 0; k < size; k++) {
          to[segment * size + k] = (to[segment * size + k] as number) + (from[row * size + k] as number);
        }
      }
      return result;
    },
);
