import type { Picture } from '../pictures/picture';
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
  const addRows = channels === 2 || channels === 4 ? addPremultiplied : addOpaque;
  for (let y = 0; y < rows.counts.length; y++) {
    const count = rows.counts[y]!;
    if (count === 0) continue;
    sums.fill(0);
    for (let k = 0; k < count; ) {
      const first = ((rows.firsts[y]! + k) * width + from) * channels;
      k += addRows(
        sums,
        data,
        first,
        width * channels,
        rows.weights,
        rows.starts[y]! + k,
        count - k,
        channels,
      );
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

/** Adds up to four weighted rows at once, which spares most of the reading and writing of sums. @returns how many */
function addOpaque(
  sums: Float32Array,
  data: Uint8Array,
  first: number,
  pitch: number,
  weights: Float32Array,
  at: number,
  left: number,
): number {
  const a = weights[at]!;
  if (left < 4) {
    for (let i = 0; i < sums.length; i++) sums[i]! += a * data[first + i]!;
    return 1;
  }
  const [b, c, d] = [weights[at + 1]!, weights[at + 2]!, weights[at + 3]!];
  const [second, third, fourth] = [first + pitch, first + 2 * pitch, first + 3 * pitch];
  for (let i = 0; i < sums.length; i++) {
    sums[i]! += a * data[first + i]! + b * data[second + i]! + c * data[third + i]! + d * data[fourth + i]!;
  }
  return 4;
}

/** Adds one weighted row, its colors multiplied by its alpha. @returns 1 */
function addPremultiplied(
  sums: Float32Array,
  data: Uint8Array,
  first: number,
  _pitch: number,
  weights: Float32Array,
  at: number,
  _left: number,
  channels: number,
): number {
  const weight = weights[at]!;
  const colors = channels - 1;
  for (let i = 0; i < sums.length; i += channels) {
    const alpha = weight * data[first + i + colors]!;
    for (let c = 0; c < colors; c++) sums[i + c]! += alpha * data[first + i + c]!;
    sums[i + colors]! += alpha;
  }
  return 1;
}

function addColumns(
  row: Float32Array,
  sums: Float32Array,
  { firsts, counts, starts, weights }: Taps,
  from: number,
  channels: number,
): void {
  for (let x = 0; x < counts.length; x++) {
    const first = (firsts[x]! - from) * channels;
    const [start, count] = [starts[x]!, counts[x]!];
    for (let c = 0; c < channels; c++) {
      let sum = 0;
      for (let k = 0, i = first + c; k < count; k++, i += channels) sum += weights[start + k]! * sums[i]!;
      row[x * channels + c] = sum;
    }
  }
}
