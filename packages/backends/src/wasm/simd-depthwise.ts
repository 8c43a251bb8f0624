import * as tf from '@tensorflow/tfjs-core';
import { type DepthwiseTap, depthwiseTaps } from '../loops/depthwise-taps';
import { addressOf, runWasmKernel, type WasmBackend } from './kernel';
import type { Simd } from './simd-module';

/**
 * The gradient of a depthwise convolution with respect to its input: that of `channels * multiplier` single
 * channels, of which each `multiplier` are then summed.
 *
 * @returns `[batch, height, width, channels]`, owned by the caller.
 */
export function simdDepthwiseInputGradient(
  simd: Simd,
  backend: WasmBackend,
  dy: tf.TensorInfo,
  filter: tf.TensorInfo,
  info: tf.backend_util.Conv2DInfo,
): tf.TensorInfo {
  const { batchSize, inHeight, inWidth, inChannels, outChannels } = info;
  const each = backend.makeOutput([batchSize, inHeight, inWidth, outChannels], 'float32');
  const at = addresses(backend, { dy, filter, each });
  const bytes = 4 * tf.util.sizeFromShape(each.shape);
  new Uint8Array(simd.memory.buffer, at.each, bytes).fill(0);
  eachTap(info, (tap, input, output, weight) => {
    simd.kernels.addScaled(
      at.dy + output.first,
      output.pixel,
      output.row,
      at.filter + weight,
      at.each + input.first,
      input.pixel,
      input.row,
      tap.rows,
      tap.columns,
      outChannels,
    );
  });
  if (inChannels === outChannels) return each;
  const split = { ...each, shape: [batchSize, inHeight, inWidth, inChannels, outChannels / inChannels] };
  const dx = runWasmKernel(backend, tf.Sum, { x: split }, { axis: [4], keepDims: false });
  backend.disposeData(each.dataId);
  return dx;
}

/**
 * The gradient with respect to the filter: that of single channels, with each channel of `x` repeated
 * `multiplier` times.
 *
 * @returns `[height, width, channels, multiplier]`, owned by the caller.
 */
export function simdDepthwiseFilterGradient(
  simd: Simd,
  backend: WasmBackend,
  x: tf.TensorInfo,
  dy: tf.TensorInfo,
  info: tf.backend_util.Conv2DInfo,
): tf.TensorInfo {
  const { filterHeight, filterWidth, inChannels, outChannels } = info;
  const multiplier = outChannels / inChannels;
  const pixels = tf.util.sizeFromShape(x.shape);
  const repeated =
    multiplier === 1
      ? x
      : runWasmKernel(backend, tf.Tile, { x: { ...x, shape: [pixels, 1] } }, { reps: [1, multiplier] });
  const dw = backend.makeOutput([filterHeight, filterWidth, inChannels, multiplier], 'float32');
  const at = addresses(backend, { repeated, dy, dw });
  new Uint8Array(simd.memory.buffer, at.dw, 4 * filterHeight * filterWidth * outChannels).fill(0);
  eachTap(info, (tap, input, output, weight) => {
    simd.kernels.addProducts(
      at.repeated + input.first,
      input.pixel,
      input.row,
      at.dy + output.first,
      output.pixel,
      output.row,
      at.dw + weight,
      tap.rows,
      tap.columns,
      outChannels,
    );
  });
  if (repeated !== x) backend.disposeData(repeated.dataId);
  return dw;
}

/** Where the first of a tap's pixels is, and the steps from pixel to pixel and row to row, in bytes. */
interface Pixels {
  readonly first: number;
  readonly pixel: number;
  readonly row: number;
}

function eachTap(
  info: tf.backend_util.Conv2DInfo,
  visit: (tap: DepthwiseTap, input: Pixels, output: Pixels, weight: number) => void,
): void {
  const { inHeight, inWidth, outHeight, outWidth, strideHeight, strideWidth } = info;
  const bytes = 4 * info.outChannels;
  const taps = depthwiseTaps(info);
  for (let b = 0; b < info.batchSize; b++) {
    for (const tap of taps) {
      visit(
        tap,
        {
          first: bytes * ((b * inHeight + tap.inRow) * inWidth + tap.inColumn),
          pixel: bytes * strideWidth,
          row: bytes * inWidth * strideHeight,
        },
        {
          first: bytes * ((b * outHeight + tap.row) * outWidth + tap.column),
          pixel: bytes,
          row: bytes * outWidth,
        },
        bytes * (tap.i * info.filterWidth + tap.j),
      );
    }
  }
}

function addresses<K extends string>(
  backend: WasmBackend,
  tensors: Readonly<Record<K, tf.TensorInfo>>,
): Record<K, number> {
  const entries = Object.entries<tf.TensorInfo>(tensors).map(
    ([name, info]) => [name, addressOf(backend, info)] as const,
  );
  return Object.fromEntries(entries) as Record<K, number>;
}
