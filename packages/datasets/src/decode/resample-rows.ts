import type { Picture } from '../pictures/picture';
import { addColumns } from './add-columns';
import { type AddRows, addOpaqueRows, addPremultipliedRow } from './add-rows';
import type { Taps } from './taps';

/**
 * Resamples a picture by row and column taps, one output row after the other. `take` gets each row that lies
 * on the picture, at least in part: [width, channels] in floats, valid during the call. Where the picture has
 * alpha, colors come multiplied by it (0 .. 255 * 255), so that what is transparent gives no color away.
 */
export function resampleRows(
  { width, channels, data }: Picture,
  rows: Taps,
  columns: Taps,
  take: (y: number, row: Float32Array) => void,
): void {
  // Rows first, over the columns that are needed: it runs along memory, and a row of sums stays in the cache.
  const [from, to] = extent(columns);
  const sums = new Float32Array((to - from) * channels);
  const row = new Float32Array(columns.counts.length * channels);
  const addRows: AddRows = channels === 2 || channels === 4 ? addPremultipliedRow : addOpaqueRows;
  for (let y = 0; y < rows.counts.length; y++) {
    const count = rows.counts[y]!;
    if (count === 0) continue;
    sums.fill(0);
    for (let k = 0; k < count; ) {
      const first = ((rows.firsts[y]! + k) * width + from) * channels;
      const at = rows.starts[y]! + k;
      k += addRows({ sums, data, first, pitch: width * channels, channels }, rows.weights, at, count - k);
    }
    addColumns(row, sums, columns, from, channels);
    take(y, row);
  }
}

/** The columns from the first to behind the last that any tap reads. */
function extent({ firsts, counts }: Taps): [from: number, to: number] {
  let from = Number.POSITIVE_INFINITY;
  let to = 0;
  for (let i = 0; i < counts.length; i++) {
    if (counts[i] === 0) continue;
    from = Math.min(from, firsts[i]!);
    to = Math.max(to, firsts[i]! + counts[i]!);
  }
  return [Math.min(from, to), to];
}
