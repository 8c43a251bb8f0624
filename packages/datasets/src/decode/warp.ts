import { assertFinite } from '@eigengan/core';
import type { Picture } from '../pictures/picture';
import type { Affine } from './alignment';

/** OpenCV's kernel; -0.5 would also reproduce straight lines. */
const a = -0.75;

/**
 * Cuts an upright rectangle of `size` out of a picture by `affine`, which maps the cut's pixels to the
 * picture's. Cubic, as `cv2.warpAffine` with `INTER_CUBIC`: Keys's kernel with a = -0.75
 * (https://docs.opencv.org/4.x/da/d54/group__imgproc__transform.html; Keys, IEEE TASSP 29, 1981), but at the
 * exact place, where OpenCV rounds to 1/32 of a pixel. Outside, the picture's edges go on (`BORDER_REPLICATE`).
 *
 * Sixteen pixels make one, however strongly the map reduces: what it reduces by more than 2 aliases, as it
 * does in the official preparation of faces. Cut large, and let the form reduce.
 *
 * @returns a picture of `size` with as many channels; colors are weighed by alpha where there is one
 */
export function warp(
  picture: Picture,
  affine: Affine,
  [height, width]: readonly [height: number, width: number],
): Picture {
  for (const value of affine) assertFinite('warp: affine', value);
  const { channels, data: source } = picture;
  const data = new Uint8Array(height * width * channels);
  const columns = new Int32Array(4);
  const rows = new Int32Array(4);
  const acrossWeights = new Float64Array(4);
  const downWeights = new Float64Array(4);
  const color = new Float64Array(channels);
  const mix = channels === 2 || channels === 4 ? mixPremultiplied : mixOpaque;
  let to = 0;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const fromX = affine[0] * x + affine[1] * y + affine[2];
      const fromY = affine[3] * x + affine[4] * y + affine[5];
      cubicTaps(fromX, picture.width, channels, columns, acrossWeights);
      cubicTaps(fromY, picture.height, picture.width * channels, rows, downWeights);
      mix(color, source, columns, acrossWeights, rows, downWeights);
      for (let c = 0; c < channels; c++) data[to++] = Math.max(0, Math.min(255, color[c]! + 0.5));
    }
  }
  return { height, width, channels, data };
}

/** Offsets and weights of the four pixels around `at`, held inside the picture. */
function cubicTaps(at: number, size: number, pitch: number, offsets: Int32Array, weights: Float64Array) {
  const base = Math.floor(at);
  const x = at - base;
  const y = 1 - x;
  weights[0] = a * x * y * y;
  weights[1] = ((a + 2) * x - (a + 3)) * x * x + 1;
  weights[2] = ((a + 2) * y - (a + 3)) * y * y + 1;
  weights[3] = a * y * x * x;
  for (let k = 0; k < 4; k++) offsets[k] = Math.max(0, Math.min(size - 1, base + k - 1)) * pitch;
}

type Mix = (
  color: Float64Array,
  data: Uint8Array,
  columns: Int32Array,
  acrossWeights: Float64Array,
  rows: Int32Array,
  downWeights: Float64Array,
) => void;

const mixOpaque: Mix = (color, data, columns, acrossWeights, rows, downWeights) => {
  for (let c = 0; c < color.length; c++) {
    let sum = 0;
    for (let j = 0; j < 4; j++) {
      const row = rows[j]! + c;
      const across =
        acrossWeights[0]! * data[row + columns[0]!]! +
        acrossWeights[1]! * data[row + columns[1]!]! +
        acrossWeights[2]! * data[row + columns[2]!]! +
        acrossWeights[3]! * data[row + columns[3]!]!;
      sum += downWeights[j]! * across;
    }
    color[c] = sum;
  }
};

const mixPremultiplied: Mix = (color, data, columns, acrossWeights, rows, downWeights) => {
  const colors = color.length - 1;
  color.fill(0);
  for (let j = 0; j < 4; j++) {
    for (let i = 0; i < 4; i++) {
      const at = rows[j]! + columns[i]!;
      const alpha = downWeights[j]! * acrossWeights[i]! * data[at + colors]!;
      for (let c = 0; c < colors; c++) color[c]! += alpha * data[at + c]!;
      color[colors]! += alpha;
    }
  }
  const alpha = color[colors]!;
  for (let c = 0; c < colors; c++) color[c] = alpha >= 0.5 ? color[c]! / alpha : 0;
};
