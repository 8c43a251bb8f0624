import * as tf from '@tensorflow/tfjs-core';
import { convolve, slice, transpose } from './composed-ops';
import { deferred } from './deferred';
import { runKernelFunction, type WasmBackend, type WasmKernelArguments, wasmKernel } from './kernel';
import { phaseFilter, type Taps } from './phase-filter';
import { simdInputGradient } from './simd-input-gradient';
import { simdOf } from './simd-module';

type Arguments = WasmKernelArguments<
  { readonly dy: tf.TensorInfo; readonly filter: tf.TensorInfo },
  tf.Conv2DBackpropInputAttrs
>;

/** The gradient of a convolution with respect to its input, and so the transposed convolution. */
export const conv2DBackpropInput = wasmKernel(
  tf.Conv2DBackpropInput,
  (stock) =>
    ({ inputs: { dy, filter }, attrs, backend }: Arguments) => {
      // Ours are for channels last; the stock kernel does both, slowly.
      if (attrs.dataFormat !== 'NHWC' && stock !== undefined) {
        return runKernelFunction(stock, backend, { dy, filter }, { ...attrs });
      }
      const info = inputGradientGeometry(filter, attrs);
      const simd = simdOf(backend);
      return deferred(backend, info.inShape, { dy, filter }, ({ dy, filter }) =>
        simd
          ? simdInputGradient(simd, backend, dy, filter, info)
          : composedInputGradient(backend, dy, filter, info),
      );
    },
);

/** The forward convolution that the gradient belongs to. */
function inputGradientGeometry(
  filter: tf.TensorInfo,
  { strides, pad, dimRoundingMode, inputShape }: tf.Conv2DBackpropInputAttrs,
): tf.backend_util.Conv2DInfo {
  const [height, width, input, output] = filter.shape as [number, number, number, number];
  return tf.backend_util.computeConv2DInfo(
    inputShape,
    [height, width, input, output],
    strides,
    1,
    pad,
    dimRoundingMode,
  );
}

/**
 * `dx[b, h, w, c] = sum_{i, j, o} dy[b, (h + top - i) / s, (w + left - j) / s, o] filter[i, j, c, o]`
 * over the whole quotients. Written with `h + top = s q + r`, the taps of phase r are `i = s t + r`, so
 * that one convolution of `dy` with stride 1 gives all `s * s` phases as channels, which are then put
 * in their places. With stride 1 it is the convolution with the flipped filter.
 *
 * @returns `[batch, height, width, in]`, owned by the caller.
 */
export function composedInputGradient(
  backend: WasmBackend,
  dy: tf.TensorInfo,
  filter: tf.TensorInfo,
  info: tf.backend_util.Conv2DInfo,
): tf.TensorInfo {
  const rows = axisPhases(
    info.strideHeight,
    info.padInfo.top,
    info.inHeight,
    info.outHeight,
    info.filterHeight,
  );
  const columns = axisPhases(
    info.strideWidth,
    info.padInfo.left,
    info.inWidth,
    info.outWidth,
    info.filterWidth,
  );
  const phases = phaseFilter(backend, filter, rows, columns);
  const stacked = convolve(backend, dy, phases, {
    top: rows.before,
    bottom: rows.after,
    left: columns.before,
    right: columns.after,
  });
  backend.disposeData(phases.dataId);
  if (rows.stride === 1 && columns.stride === 1) return stacked;

  // [b q, p, r, s c] -> [b q, r, p, s c] puts the phases of a row and of a column side by side.
  const [batch, channels] = [info.batchSize, info.inChannels];
  const spread = transpose(
    backend,
    {
      ...stacked,
      shape: [batch * rows.quotients, columns.quotients, rows.stride, columns.stride * channels],
    },
    [0, 2, 1, 3],
  );
  backend.disposeData(stacked.dataId);
  const whole = {
    ...spread,
    shape: [batch, rows.quotients * rows.stride, columns.quotients * columns.stride, channels],
  };
  if (whole.shape[1] === info.inHeight && whole.shape[2] === info.inWidth) return whole;
  const cut = slice(
    backend,
    whole,
    [0, rows.skip, columns.skip, 0],
    [batch, info.inHeight, info.inWidth, channels],
  );
  backend.disposeData(whole.dataId);
  return cut;
}

interface AxisPhases extends Taps {
  /** How many quotients q there are. */
  readonly quotients: number;
  /** Padding of `dy` on both sides. */
  readonly before: number;
  readonly after: number;
  /** Positions of the first quotient that come before the input starts. */
  readonly skip: number;
}

function axisPhases(stride: number, pad: number, size: number, outSize: number, filter: number): AxisPhases {
  const taps = Math.ceil(filter / stride);
  const first = Math.floor(pad / stride);
  const quotients = Math.floor((pad + size - 1) / stride) - first + 1;
  const before = taps - 1 - first;
  return {
    stride,
    taps,
    filter,
    quotients,
    before,
    after: quotients + taps - 1 - outSize - before,
    skip: pad - first * stride,
  };
}
