import type { Taps } from './taps';

/**
 * Makes a row [to, channels] of sums [columns, channels] by column taps; `from` is the column that the sums
 * begin with. Three and four channels, the usual ones, run side by side: that is three times as fast.
 */
export function addColumns(
  row: Float32Array,
  sums: Float32Array,
  { firsts, counts, starts, weights }: Taps,
  from: number,
  channels: number,
): void {
  for (let x = 0; x < counts.length; x++) {
    const start = starts[x]!;
    const end = start + counts[x]!;
    const first = (firsts[x]! - from) * channels;
    let [a, b, c, d] = [0, 0, 0, 0];
    if (channels === 3) {
      for (let k = start, i = first; k < end; k++, i += 3) {
        const weight = weights[k]!;
        a += weight * sums[i]!;
        b += weight * sums[i + 1]!;
        c += weight * sums[i + 2]!;
      }
      row[3 * x] = a;
      row[3 * x + 1] = b;
      row[3 * x + 2] = c;
    } else if (channels === 4) {
      for (let k = start, i = first; k < end; k++, i += 4) {
        const weight = weights[k]!;
        a += weight * sums[i]!;
        b += weight * sums[i + 1]!;
        c += weight * sums[i + 2]!;
        d += weight * sums[i + 3]!;
      }
      row[4 * x] = a;
      row[4 * x + 1] = b;
      row[4 * x + 2] = c;
      row[4 * x + 3] = d;
    } else {
      for (let channel = 0; channel < channels; channel++) {
        let sum = 0;
        for (let k = start, i = first + channel; k < end; k++, i += channels) sum += weights[k]! * sums[i]!;
        row[x * channels + channel] = sum;
      }
    }
  }
}
