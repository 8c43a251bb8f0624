import type * as tf from '@tensorflow/tfjs-core';

/**
 * Gives the gradient of each pooled value to the first largest input pixel of its window.
 *
 * @param x `[batch, height, width, channels]`.
 * @param dy `[batch, height', width', channels]`.
 * @param dx Of the shape of `x`, overwritten.
 */
export function maxPoolGradient(
  x: ArrayLike<number>,
  dy: ArrayLike<number>,
  dx: Float32Array,
  info: tf.backend_util.Conv2DInfo,
): void {
  const { batchSize, inHeight, inWidth, inChannels, outHeight, outWidth, padInfo } = info;
  dx.fill(0);
  for (let b = 0; b < batchSize; b++) {
    for (let p = 0; p < outHeight; p++) {
      const top = p * info.strideHeight - padInfo.top;
      const bottom = Math.min(inHeight, top + info.effectiveFilterHeight);
      for (let q = 0; q < outWidth; q++) {
        const left = q * info.strideWidth - padInfo.left;
        const right = Math.min(inWidth, left + info.effectiveFilterWidth);
        for (let c = 0; c < inChannels; c++) {
          let largest = Number.NEGATIVE_INFINITY;
          let position = -1;
          for (let i = Math.max(0, top); i < bottom; i++) {
            for (let j = Math.max(0, left); j < right; j++) {
              const index = ((b * inHeight + i) * inWidth + j) * inChannels + c;
              if (at(x, index) > largest) {
                largest = at(x, index);
                position = index;
              }
            }
          }
          if (position < 0) continue;
          dx[position] = at(dx, position) + at(dy, ((b * outHeight + p) * outWidth + q) * inChannels + c);
        }
      }
    }
  }
}

function at(values: ArrayLike<number>, index: number): number {
  return values[index] as number;
}
