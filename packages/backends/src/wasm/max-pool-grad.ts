import * as tf from '@tensorflow/tfjs-core';
import { maxPoolGradient } from '../loops/max-pool-gradient';
import { heapFloats, type WasmKernelArguments, wasmKernel } from './kernel';

type Arguments = WasmKernelArguments<
  { readonly dy: tf.TensorInfo; readonly input: tf.TensorInfo },
  tf.MaxPoolGradAttrs
>;

/** The gradient of max pooling. The stock kernel starts its search at zero: wrong for negative windows. */
export const maxPoolGrad = wasmKernel(
  tf.MaxPoolGrad,
  () =>
    ({ inputs: { dy, input }, attrs, backend }: Arguments) => {
      const { filterSize, strides, pad, dimRoundingMode } = attrs;
      const shape = input.shape as [number, number, number, number];
      const info = tf.backend_util.computePool2DInfo(shape, filterSize, strides, 1, pad, dimRoundingMode);
      const dx = backend.makeOutput(shape, 'float32');
      // Views last: making the output may have moved the heap.
      maxPoolGradient(
        backend.typedArrayFromHeap(input),
        backend.typedArrayFromHeap(dy),
        heapFloats(backend, dx),
        info,
      );
      return dx;
    },
);
