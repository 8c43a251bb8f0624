import * as tf from '@tensorflow/tfjs-core';
import { runKernelFunction, type WasmKernelArguments, wasmKernel } from './kernel';

type Inputs = Readonly<Record<string, tf.TensorInfo>>;

/** The stock convolution, with its padding given in numbers. */
export const conv2D = withExplicitPadding(tf.Conv2D);

/** The stock convolution with bias and activation, with its padding given in numbers. */
export const fusedConv2D = withExplicitPadding(tf.FusedConv2D);

/**
 * Stock wasm leaves 'same' padding to XNNPACK, which computes it with unsigned numbers: where a stride
 * exceeds the filter's size the result underflows and the output is silently zero. With the same padding
 * given in numbers it is right.
 */
function withExplicitPadding(kernelName: string) {
  return wasmKernel<Inputs, tf.Conv2DAttrs>(
    kernelName,
    (stock) =>
      ({ inputs, attrs, backend }: WasmKernelArguments<Inputs, tf.Conv2DAttrs>) => {
        if (stock === undefined) throw new Error(`${kernelName} on wasm: the stock kernel is missing`);
        return runKernelFunction(stock, backend, inputs, { ...attrs, pad: explicit(inputs, attrs) });
      },
  );
}

function explicit({ x, filter }: Inputs, { pad, strides, dilations, dataFormat }: tf.Conv2DAttrs) {
  if (pad !== 'same' || dataFormat !== 'NHWC' || x === undefined || filter === undefined) return pad;
  type Shape = [number, number, number, number];
  const { padInfo } = tf.backend_util.computeConv2DInfo(
    x.shape as Shape,
    filter.shape as Shape,
    strides,
    dilations,
    pad,
  );
  const { top, bottom, left, right } = padInfo;
  return [
    [0, 0],
    [top, bottom],
    [left, right],
    [0, 0],
  ];
}
