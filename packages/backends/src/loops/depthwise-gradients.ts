import type * as tf from '@tensorflow/tfjs-core';
import { depthwiseTaps } from './depthwise-taps';

/**
 * `dx[b, h, w, c] = sum over taps and k of dy[b, p, q, c m + k] filter[i, j, c, k]`, over the output pixels
 * p, q whose tap i, j meets h, w.
 *
 * @param dy `[batch, height', width', channels * multiplier]`.
 * @param filter `[height, width, channels, multiplier]`.
 * @param dx `[batch, height, width, channels]`, overwritten.
 */
export function depthwiseInputGradient(
  dy: ArrayLike<number>,
  filter: ArrayLike<number>,
  dx: Float32Array,
  info: tf.backend_util.Conv2DInfo,
): void {
  const multiplier = info.outChannels / info.inChannels;
  dx.fill(0);
  eachProduct(info, (input, output, weight) => {
    for (let c = 0; c < info.inChannels; c++) {
      let sum = at(dx, input + c);
      for (let k = c * multiplier; k < (c + 1) * multiplier; k++) {
        sum += at(dy, output + k) * at(filter, weight + k);
      }
      dx[input + c] = sum;
    }
  });
}

/** `dw[i, j, c, k] = sum over b, p, q of x[b, h, w, c] dy[b, p, q, c m + k]`; arguments as above. */
export function depthwiseFilterGradient(
  x: ArrayLike<number>,
  dy: ArrayLike<number>,
  dw: Float32Array,
  info: tf.backend_util.Conv2DInfo,
): void {
  const multiplier = info.outChannels / info.inChannels;
  // Sums of many products, in double precision.
  const sums = new Float64Array(dw.length);
  eachProduct(info, (input, output, weight) => {
    for (let k = 0; k < info.outChannels; k++) {
      const product = at(x, input + Math.floor(k / multiplier)) * at(dy, output + k);
      sums[weight + k] = at(sums, weight + k) + product;
    }
  });
  dw.set(sums);
}

/** Visits the first channel's index in the input, in the output and in the filter of all that is multiplied. */
function eachProduct(
  info: tf.backend_util.Conv2DInfo,
  visit: (input: number, output: number, weight: number) => void,
): void {
  const taps = depthwiseTaps(info);
  for (let b = 0; b < info.batchSize; b++) {
    for (const tap of taps) {
      const weight = (tap.i * info.filterWidth + tap.j) * info.outChannels;
      for (let p = 0; p < tap.rows; p++) {
        const inRow = (b * info.inHeight + tap.inRow + p * info.strideHeight) * info.inWidth + tap.inColumn;
        const outRow = (b * info.outHeight + tap.row + p) * info.outWidth + tap.column;
        for (let q = 0; q < tap.columns; q++) {
          visit((inRow + q * info.strideWidth) * info.inChannels, (outRow + q) * info.outChannels, weight);
        }
      }
    }
  }
}

function at(values: ArrayLike<number>, index: number): number {
  return values[index] as number;
}
