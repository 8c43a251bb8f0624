/**
 * Scales an image [height, width, channels] with a triangle filter as wide as the step between output
 * pixels (at least one input pixel): linear between pixels when enlarging, free of aliasing when reducing.
 *
 * @returns [toHeight, toWidth, channels]
 */
export function resample(
  bytes: Uint8Array,
  [height, width, channels]: readonly [height: number, width: number, channels: number],
  [toHeight, toWidth]: readonly [height: number, width: number],
): Uint8Array {
  const columns = taps(width, toWidth);
  const rows = taps(height, toHeight);
  const narrow = new Float64Array(height * toWidth * channels);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < toWidth; x++) {
      const { first, weights } = columns[x]!;
      for (let channel = 0; channel < channels; channel++) {
        let sum = 0;
        for (let k = 0; k < weights.length; k++) {
          sum += weights[k]! * bytes[(y * width + first + k) * channels + channel]!;
        }
        narrow[(y * toWidth + x) * channels + channel] = sum;
      }
    }
  }
  const out = new Uint8Array(toHeight * toWidth * channels);
  const rowLength = toWidth * channels;
  for (let y = 0; y < toHeight; y++) {
    const { first, weights } = rows[y]!;
    for (let x = 0; x < rowLength; x++) {
      let sum = 0.5;
      for (let k = 0; k < weights.length; k++) sum += weights[k]! * narrow[(first + k) * rowLength + x]!;
      // Weights that sum to 1 but for rounding: no value leaves 0 .. 255 by half.
      out[y * rowLength + x] = Math.floor(sum);
    }
  }
  return out;
}

interface Taps {
  readonly first: number;
  readonly weights: readonly number[];
}

/** For each of `to` output pixels: the input pixels that it is made of, and their weights. */
function taps(from: number, to: number): Taps[] {
  const step = from / to;
  const reach = Math.max(1, step);
  return Array.from({ length: to }, (_, i) => {
    const center = (i + 0.5) * step;
    const first = Math.max(0, Math.ceil(center - reach - 0.5));
    const last = Math.min(from - 1, Math.floor(center + reach - 0.5));
    const raw: number[] = [];
    for (let j = first; j <= last; j++) raw.push(Math.max(0, 1 - Math.abs(j + 0.5 - center) / reach));
    const total = raw.reduce((sum, weight) => sum + weight, 0);
    return { first, weights: raw.map((weight) => weight / total) };
  });
}
