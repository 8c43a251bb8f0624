import { argumentError } from '@eigengan/core';
import * as tf from '@tensorflow/tfjs-core';
import { convolve, slice, transpose } from './composed-ops';
import { deferred } from './deferred';
import { type WasmBackend, type WasmKernelArguments, wasmKernel } from './kernel';
import { simdFilterGradient } from './simd-filter-gradient';
import { simdOf } from './simd-module';

type Arguments = WasmKernelArguments<
  { readonly x: tf.TensorInfo; readonly dy: tf.TensorInfo },
  tf.Conv2DBackpropFilterAttrs
>;

/** The gradient of a convolution with respect to its filter, which stock wasm lacks. */
export const conv2DBackpropFilter = wasmKernel(
  tf.Conv2DBackpropFilter,
  () =>
    ({ inputs: { x, dy }, attrs, backend }: Arguments) => {
      const info = filterGradientGeometry(x, attrs);
      const simd = simdOf(backend);
      return deferred(backend, attrs.filterShape, { x, dy }, ({ x, dy }) =>
        simd ? simdFilterGradient(simd, backend, x, dy, info) : composedFilterGradient(backend, x, dy, info),
      );
    },
);

/** The forward convolution that the gradient belongs to. */
function filterGradientGeometry(
  x: tf.TensorInfo,
  { strides, pad, dataFormat, dimRoundingMode, filterShape }: tf.Conv2DBackpropFilterAttrs,
): tf.backend_util.Conv2DInfo {
  if (dataFormat !== 'NHWC') {
    throw argumentError('Conv2DBackpropFilter on wasm', 'dataFormat must be NHWC', dataFormat);
  }
  const [batch, height, width, channels] = x.shape as [number, number, number, number];
  return tf.backend_util.computeConv2DInfo(
    [batch, height, width, channels],
    filterShape,
    strides,
    1,
    pad,
    dimRoundingMode,
  );
}

/**
 * `dw[i, j, c, o] = sum_{b, p, q} x[b, p s + i - top, q s + j - left, c] dy[b, p, q, o]`
 * as one `Conv2D` with the roles swapped: the channels of `x` are the batch, `dy` is a filter of size
 * `[oh, ow]` from `batch` to `out` channels, and the stride becomes the dilation.
 *
 * @returns `[height, width, in, out]`, owned by the caller.
 */
export function composedFilterGradient(
  backend: WasmBackend,
  x: tf.TensorInfo,
  dy: tf.TensorInfo,
  info: tf.backend_util.Conv2DInfo,
): tf.TensorInfo {
  const { filterHeight, filterWidth, inChannels, outChannels, strideHeight, strideWidth, padInfo } = info;
  const spanHeight = (info.outHeight - 1) * strideHeight + 1;
  const spanWidth = (info.outWidth - 1) * strideWidth + 1;
  // What the convolution did not read at the bottom and at the right makes these negative.
  const bottom = filterHeight - 1 + spanHeight - info.inHeight - padInfo.top;
  const right = filterWidth - 1 + spanWidth - info.inWidth - padInfo.left;

  const images = transpose(backend, x, [3, 1, 2, 0]);
  const filter = transpose(backend, dy, [1, 2, 0, 3]);
  const full = convolve(
    backend,
    images,
    filter,
    { top: padInfo.top, left: padInfo.left, bottom: Math.max(0, bottom), right: Math.max(0, right) },
    [strideHeight, strideWidth],
  );
  backend.disposeData(images.dataId);
  backend.disposeData(filter.dataId);

  let gradient = full;
  if (bottom < 0 || right < 0) {
    gradient = slice(backend, full, [0, 0, 0, 0], [inChannels, filterHeight, filterWidth, outChannels]);
    backend.disposeData(full.dataId);
  }
  const ordered = transpose(backend, gradient, [1, 2, 0, 3]);
  backend.disposeData(gradient.dataId);
  return ordered;
}
