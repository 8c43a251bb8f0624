import type * as tf from '@tensorflow/tfjs-core';
import { runWasmKernel, type WasmBackend } from './kernel';

/** Zeros around an image; a negative number takes rows or columns away. */
export interface Padding {
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
  readonly right: number;
}

/**
 * Convolves with stride 1 by tfjs's own fast `Conv2D`.
 *
 * @param x `[batch, height, width, in]`.
 * @param filter `[height, width, in, out]`.
 * @returns `[batch, height', width', out]`, owned by the caller.
 */
export function convolve(
  backend: WasmBackend,
  x: tf.TensorInfo,
  filter: tf.TensorInfo,
  padding: Padding,
  dilations: readonly [number, number] = [1, 1],
): tf.TensorInfo {
  const cropped = crop(backend, x, padding);
  const atLeastZero = {
    top: Math.max(0, padding.top),
    bottom: Math.max(0, padding.bottom),
    left: Math.max(0, padding.left),
    right: Math.max(0, padding.right),
  };
  const y = runWasmKernel(
    backend,
    'Conv2D',
    { x: cropped, filter },
    {
      strides: [1, 1],
      pad: [
        [0, 0],
        [atLeastZero.top, atLeastZero.bottom],
        [atLeastZero.left, atLeastZero.right],
        [0, 0],
      ],
      dataFormat: 'NHWC',
      dilations,
    },
  );
  if (cropped !== x) backend.disposeData(cropped.dataId);
  return y;
}

/** Applies the negative parts of `padding` to `x`; returns `x` itself where there are none. */
function crop(backend: WasmBackend, x: tf.TensorInfo, padding: Padding): tf.TensorInfo {
  const [batch = 0, height = 0, width = 0, channels = 0] = x.shape;
  const top = Math.max(0, -padding.top);
  const left = Math.max(0, -padding.left);
  const rows = height - top - Math.max(0, -padding.bottom);
  const columns = width - left - Math.max(0, -padding.right);
  if (rows === height && columns === width) return x;
  return slice(backend, x, [0, top, left, 0], [batch, rows, columns, channels]);
}

/** A copy of the part of `x` that starts at `begin`; owned by the caller. */
export function slice(
  backend: WasmBackend,
  x: tf.TensorInfo,
  begin: readonly number[],
  size: readonly number[],
): tf.TensorInfo {
  return runWasmKernel(backend, 'Slice', { x }, { begin, size });
}

/** `x` with its axes permuted; owned by the caller. */
export function transpose(backend: WasmBackend, x: tf.TensorInfo, perm: readonly number[]): tf.TensorInfo {
  return runWasmKernel(backend, 'Transpose', { x }, { perm });
}
