import * as tf from '@tensorflow/tfjs-core';
import { explicitPadding } from './explicit-padding';
import { runKernelFunction, type WasmKernelArguments, wasmKernel } from './kernel';

type Inputs = { readonly x: tf.TensorInfo; readonly filter: tf.TensorInfo };
type Attributes = tf.DepthwiseConv2dNativeAttrs;

/** The convolution of each channel by filters of its own. */
export const depthwiseConv2dNative = depthwiseKernel(tf.DepthwiseConv2dNative);

/** The same with bias and activation. */
export const fusedDepthwiseConv2D = depthwiseKernel(tf.FusedDepthwiseConv2D);

/** The stock kernel, with its padding given in numbers. */
function depthwiseKernel(kernelName: string) {
  return wasmKernel<Inputs, Attributes>(
    kernelName,
    (stock) =>
      ({ inputs, attrs, backend }: WasmKernelArguments<Inputs, Attributes>) => {
        if (stock === undefined) throw new Error(`${kernelName} on wasm: the stock kernel is missing`);
        const pad = explicitPadding(attrs.pad, depthwiseGeometry(inputs.x.shape, inputs.filter.shape, attrs));
        return runKernelFunction(stock, backend, { ...inputs }, { ...attrs, pad });
      },
  );
}

/** What a depthwise convolution of `x` by `filter` does; its `outChannels` are those of `x` times the multiplier. */
export function depthwiseGeometry(
  x: readonly number[],
  filter: readonly number[],
  { strides, dilations, pad, dimRoundingMode }: Attributes,
): tf.backend_util.Conv2DInfo {
  type Shape = [number, number, number, number];
  return tf.backend_util.computeConv2DInfo(
    x as Shape,
    filter as Shape,
    strides,
    dilations ?? [1, 1],
    pad,
    dimRoundingMode,
    true,
  );
}
