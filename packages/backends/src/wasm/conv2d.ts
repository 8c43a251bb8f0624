import * as tf from '@tensorflow/tfjs-core';
import { explicitPadding } from './explicit-padding';
import { runKernelFunction, type WasmKernelArguments, wasmKernel } from './kernel';
import { simdConvolution } from './simd-convolution';
import { simdOf } from './simd-module';

interface Inputs {
  readonly x: tf.TensorInfo;
  readonly filter: tf.TensorInfo;
  /** Of the fused kernel. */
  readonly bias?: tf.TensorInfo | undefined;
  readonly preluActivationWeights?: tf.TensorInfo | undefined;
}

type Attributes = tf.Conv2DAttrs & Partial<Pick<tf.FusedConv2DAttrs, 'activation'>>;

/** The convolution. */
export const conv2D = convolutionKernel(tf.Conv2D);

/** The convolution with bias and activation, as `tf.layers.conv2d` uses it. */
export const fusedConv2D = convolutionKernel(tf.FusedConv2D);

/**
 * A convolution by our own kernel where that can do it, else by the stock one with its padding given in
 * numbers.
 */
function convolutionKernel(kernelName: string) {
  return wasmKernel<Inputs, Attributes>(
    kernelName,
    (stock) =>
      ({ inputs, attrs, backend }: WasmKernelArguments<Inputs, Attributes>) => {
        const info = geometry(inputs, attrs);
        const simd = simdOf(backend);
        if (simd && info && isPlain(info, inputs, attrs)) {
          return simdConvolution(simd, backend, inputs.x, inputs.filter, info, inputs.bias);
        }
        if (stock === undefined) throw new Error(`${kernelName} on wasm: the stock kernel is missing`);
        return runKernelFunction(
          stock,
          backend,
          { ...inputs },
          { ...attrs, pad: info === undefined ? attrs.pad : explicitPadding(attrs.pad, info) },
        );
      },
  );
}

/** Undefined for channels first, which is the stock kernel's to refuse. */
function geometry(
  { x, filter }: Inputs,
  { strides, dilations, pad, dimRoundingMode, dataFormat }: Attributes,
): tf.backend_util.Conv2DInfo | undefined {
  if (dataFormat !== 'NHWC') return undefined;
  type Shape = [number, number, number, number];
  return tf.backend_util.computeConv2DInfo(
    x.shape as Shape,
    filter.shape as Shape,
    strides,
    dilations,
    pad,
    dimRoundingMode,
  );
}

function isPlain(
  { dilationHeight, dilationWidth, outShape, outChannels }: tf.backend_util.Conv2DInfo,
  { x, filter, bias, preluActivationWeights }: Inputs,
  { activation }: Attributes,
): boolean {
  return (
    dilationHeight === 1 &&
    dilationWidth === 1 &&
    x.dtype === 'float32' &&
    filter.dtype === 'float32' &&
    tf.util.sizeFromShape(outShape) > 0 &&
    (bias === undefined || tf.util.sizeFromShape(bias.shape) === outChannels) &&
    preluActivationWeights === undefined &&
    (activation === undefined || activation === null || activation === 'linear')
  );
}
