import * as tf from '@tensorflow/tfjs-core';
import { nearestNeighborGradient } from '../loops/nearest-neighbor-gradient';
import { heapFloats, type WasmKernelArguments, wasmKernel } from './kernel';

type Arguments = WasmKernelArguments<
  { readonly images: tf.TensorInfo; readonly dy: tf.TensorInfo },
  tf.ResizeNearestNeighborGradAttrs & { readonly halfPixelCenters?: boolean }
>;

/** The gradient of a nearest-neighbour resize. The stock kernel knows no half-pixel centres. */
export const resizeNearestNeighborGrad = wasmKernel(
  tf.ResizeNearestNeighborGrad,
  () =>
    ({ inputs: { images, dy }, attrs, backend }: Arguments) => {
      const from = images.shape as [number, number, number, number];
      const dx = backend.makeOutput(from, 'float32');
      // Views last: making the output may have moved the heap.
      nearestNeighborGradient(backend.typedArrayFromHeap(dy), heapFloats(backend, dx), {
        from,
        to: [dy.shape[1] ?? 0, dy.shape[2] ?? 0],
        alignCorners: attrs.alignCorners,
        halfPixelCenters: attrs.halfPixelCenters === true,
      });
      return dx;
    },
);
