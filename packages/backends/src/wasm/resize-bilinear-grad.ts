import * as tf from '@tensorflow/tfjs-core';
import { bilinearGradient } from '../loops/bilinear-gradient';
import { heapFloats, type WasmKernelArguments, wasmKernel } from './kernel';

type Arguments = WasmKernelArguments<
  { readonly images: tf.TensorInfo; readonly dy: tf.TensorInfo },
  tf.ResizeBilinearGradAttrs & { readonly halfPixelCenters?: boolean }
>;

/**
 * The gradient of a bilinear resize. The stock kernel exchanges height and width of its result's shape, so
 * that it throws on images that are not square, and knows no half-pixel centres.
 */
export const resizeBilinearGrad = wasmKernel(
  tf.ResizeBilinearGrad,
  () =>
    ({ inputs: { images, dy }, attrs, backend }: Arguments) => {
      const from = images.shape as [number, number, number, number];
      const dx = backend.makeOutput(from, 'float32');
      // Views last: making the output may have moved the heap.
      bilinearGradient(backend.typedArrayFromHeap(dy), heapFloats(backend, dx), {
        from,
        to: [dy.shape[1] ?? 0, dy.shape[2] ?? 0],
        alignCorners: attrs.alignCorners,
        halfPixelCenters: attrs.halfPixelCenters === true,
      });
      return dx;
    },
);
