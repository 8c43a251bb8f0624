import * as tf from '@tensorflow/tfjs-core';

/**
 * Rows of a tensor in the order of `places`, what `tf.gather` gives: of slices, which copy whole runs, where
 * its kernel on wasm copies number by number.
 *
 * @param tensor [rows, height, width, channels]
 * @param places at least one, each below `rows`
 */
export function takeRows(tensor: tf.Tensor4D, places: readonly number[]): tf.Tensor4D {
  const runs: { start: number; count: number }[] = [];
  for (const place of places) {
    const run = runs.at(-1);
    if (run !== undefined && run.start + run.count === place) run.count++;
    else runs.push({ start: place, count: 1 });
  }
  return tf.tidy(() =>
    tf.concat4d(
      runs.map(({ start, count }) => tf.slice4d(tensor, [start, 0, 0, 0], [count, -1, -1, -1])),
      0,
    ),
  );
}
