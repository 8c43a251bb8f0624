import type * as tf from '@tensorflow/tfjs-core';
import { heapFloats, type WasmBackend } from './kernel';

/** How the taps of one axis of a filter fall into phases. */
export interface Taps {
  readonly stride: number;
  /** Taps a phase: `ceil(filter / stride)`. */
  readonly taps: number;
  /** Size of the filter along this axis. */
  readonly filter: number;
}

/**
 * Rearranges a filter for an input gradient: `out[t, u, o, (r, s, c)] = filter[i, j, c, o]` with
 * `i = (taps - 1 - t) stride + r`, zero where the filter has no such tap.
 *
 * @param filter `[height, width, in, out]`.
 * @returns `[taps, taps', out, stride * stride' * in]`, owned by the caller.
 */
export function phaseFilter(
  backend: WasmBackend,
  filter: tf.TensorInfo,
  rows: Taps,
  columns: Taps,
): tf.TensorInfo {
  const [, , input = 0, output = 0] = filter.shape;
  const channels = rows.stride * columns.stride * input;
  const result = backend.makeOutput([rows.taps, columns.taps, output, channels], 'float32');
  // Views last: making the output may have moved the heap.
  const to = heapFloats(backend, result);
  const from = heapFloats(backend, filter);
  to.fill(0);
  for (let i = 0; i < rows.filter; i++) {
    const t = rows.taps - 1 - Math.floor(i / rows.stride);
    for (let j = 0; j < columns.filter; j++) {
      const u = columns.taps - 1 - Math.floor(j / columns.stride);
      const phase = (i % rows.stride) * columns.stride + (j % columns.stride);
      const target = (t * columns.taps + u) * output * channels + phase * input;
      const source = (i * columns.filter + j) * input * output;
      for (let c = 0; c < input; c++) {
        for (let o = 0; o < output; o++) {
          to[target + o * channels + c] = from[source + c * output + o] as number;
        }
      }
    }
  }
  return result;
}
