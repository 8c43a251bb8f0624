/**
 * For each of a row of output pixels: the input pixels that it is made of, and their weights, which sum to 1.
 * Those of output i are `firsts[i] ... firsts[i] + counts[i] - 1`, and their weights begin at `starts[i]`.
 */
export interface Taps {
  readonly firsts: Int32Array;
  readonly counts: Int32Array;
  readonly starts: Int32Array;
  readonly weights: Float32Array;
  /** How much of each output pixel lies on the picture, 0 .. 1. */
  readonly coverage: Float32Array;
}

/**
 * A triangle filter between `from` input and `to` output pixels. The output's edges lie at the input's
 * `start` and `start + length`, in input pixels from the input's first edge, not whole in general and outside
 * the input where there are margins. The filter reaches as far as output pixels are apart, at least one input
 * pixel: linear between pixels when enlarging, free of aliasing when reducing. Beyond the input's edges there
 * is nothing: what weights remain are scaled to sum to 1.
 */
export function triangleTaps(from: number, to: number, start = 0, length = from): Taps {
  const step = length / to;
  const reach = Math.max(1, step);
  const firsts = new Int32Array(to);
  const counts = new Int32Array(to);
  const starts = new Int32Array(to);
  const coverage = new Float32Array(to);
  const weights: number[] = [];
  for (let i = 0; i < to; i++) {
    const left = start + i * step;
    const covered = Math.min(from, left + step) - Math.max(0, left);
    starts[i] = weights.length;
    // A whole number of margins must not leave a sliver by rounding.
    if (covered < 1e-6 * step) continue;
    coverage[i] = covered > (1 - 1e-6) * step ? 1 : covered / step;
    const center = start + (i + 0.5) * step;
    const first = Math.max(0, Math.floor(center - reach - 0.5) + 1);
    const last = Math.min(from - 1, Math.ceil(center + reach - 0.5) - 1);
    let total = 0;
    for (let j = first; j <= last; j++) total += 1 - Math.abs(j + 0.5 - center) / reach;
    for (let j = first; j <= last; j++) weights.push((1 - Math.abs(j + 0.5 - center) / reach) / total);
    firsts[i] = first;
    counts[i] = last - first + 1;
  }
  return { firsts, counts, starts, weights: Float32Array.from(weights), coverage };
}
