import * as tf from '@tensorflow/tfjs-core';
import { addressOf, type WasmBackend } from './kernel';
import type { Simd } from './simd-module';

/** One axis of what is copied, or several that are one run of numbers. */
interface Span {
  readonly length: number;
  readonly begin: number;
  readonly size: number;
}

/**
 * A copy of a part of a tensor, `size` numbers from `begin` on along each axis; undefined where the part has
 * more than two axes of its own beside the numbers that lie together, or they are strings.
 */
export function copyBox(
  simd: Simd,
  backend: WasmBackend,
  x: tf.TensorInfo,
  begin: readonly number[],
  size: readonly number[],
): tf.TensorInfo | undefined {
  const spans = joined(x.shape.map((length, i) => ({ length, begin: begin[i] ?? 0, size: size[i] ?? 0 })));
  if (spans.length > 3 || x.dtype === 'string') return undefined;
  const all = { length: 1, begin: 0, size: 1 };
  const [run = all, row = all, image = all] = spans.reverse();
  const bytes = tf.util.bytesPerElement(x.dtype);
  const [rowBytes, imageBytes] = [bytes * run.length, bytes * run.length * row.length];
  const result = backend.makeOutput(size, x.dtype);
  simd.kernels.copyImages(
    addressOf(backend, x) + image.begin * imageBytes + row.begin * rowBytes + run.begin * bytes,
    addressOf(backend, result),
    image.size,
    row.size,
    run.size * bytes,
    rowBytes,
    imageBytes,
    run.size * bytes,
    row.size * run.size * bytes,
  );
  return result;
}

/** Takes an axis that is copied whole together with the one before it: their numbers are one run. */
function joined(axes: readonly Span[]): Span[] {
  const spans: Span[] = [];
  for (const axis of axes) {
    const before = spans.at(-1);
    if (before === undefined || axis.size < axis.length) spans.push(axis);
    else {
      spans[spans.length - 1] = {
        length: before.length * axis.length,
        begin: before.begin * axis.length,
        size: before.size * axis.length,
      };
    }
  }
  return spans;
}
