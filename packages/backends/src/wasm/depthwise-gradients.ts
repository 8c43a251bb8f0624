import * as tf from '@tensorflow/tfjs-core';
import { depthwiseFilterGradient, depthwiseInputGradient } from '../loops/depthwise-gradients';
import { depthwiseGeometry } from './depthwise-conv2d';
import { heapFloats, type WasmKernelArguments, wasmKernel } from './kernel';
import { simdDepthwiseFilterGradient, simdDepthwiseInputGradient } from './simd-depthwise';
import { simdOf } from './simd-module';

type InputArguments = WasmKernelArguments<
  { readonly dy: tf.TensorInfo; readonly filter: tf.TensorInfo },
  tf.DepthwiseConv2dNativeBackpropInputAttrs
>;
type FilterArguments = WasmKernelArguments<
  { readonly x: tf.TensorInfo; readonly dy: tf.TensorInfo },
  tf.DepthwiseConv2dNativeBackpropFilterAttrs
>;

/** The gradient of a depthwise convolution with respect to its input, which stock wasm lacks. */
export const depthwiseConv2dNativeBackpropInput = wasmKernel(
  tf.DepthwiseConv2dNativeBackpropInput,
  () =>
    ({ inputs: { dy, filter }, attrs, backend }: InputArguments) => {
      const info = depthwiseGeometry(attrs.inputShape, filter.shape, { ...attrs, dataFormat: 'NHWC' });
      const simd = simdOf(backend);
      if (simd) return simdDepthwiseInputGradient(simd, backend, dy, filter, info);
      const dx = backend.makeOutput(info.inShape, 'float32');
      depthwiseInputGradient(
        heapFloats(backend, dy),
        heapFloats(backend, filter),
        heapFloats(backend, dx),
        info,
      );
      return dx;
    },
);

/** The gradient with respect to its filter, which stock wasm lacks too. */
export const depthwiseConv2dNativeBackpropFilter = wasmKernel(
  tf.DepthwiseConv2dNativeBackpropFilter,
  () =>
    ({ inputs: { x, dy }, attrs, backend }: FilterArguments) => {
      const info = depthwiseGeometry(x.shape, attrs.filterShape, { ...attrs, dataFormat: 'NHWC' });
      const simd = simdOf(backend);
      if (simd) return simdDepthwiseFilterGradient(simd, backend, x, dy, info);
      const dw = backend.makeOutput(attrs.filterShape, 'float32');
      depthwiseFilterGradient(heapFloats(backend, x), heapFloats(backend, dy), heapFloats(backend, dw), info);
      return dw;
    },
);
