import type * as tf from '@tensorflow/tfjs-core';

/** The output pixels of a depthwise convolution that one tap of the filter reaches the input from. */
export interface DepthwiseTap {
  /** Row and column of the tap in the filter. */
  readonly i: number;
  readonly j: number;
  /** First output row and column, and how many of each. */
  readonly row: number;
  readonly column: number;
  readonly rows: number;
  readonly columns: number;
  /** Input row and column that the first output pixel meets; the next ones are a stride apart. */
  readonly inRow: number;
  readonly inColumn: number;
}

/** Every tap that meets the input at all, so that what works on them needs no look at the borders. */
export function depthwiseTaps(info: tf.backend_util.Conv2DInfo): readonly DepthwiseTap[] {
  const { padInfo } = info;
  const range = (shift: number, stride: number, size: number, outSize: number) => {
    const first = Math.max(0, Math.ceil(-shift / stride));
    return { first, count: Math.min(outSize, Math.floor((size - 1 - shift) / stride) + 1) - first };
  };
  const taps: DepthwiseTap[] = [];
  for (let i = 0; i < info.filterHeight; i++) {
    const down = i * info.dilationHeight - padInfo.top;
    const rows = range(down, info.strideHeight, info.inHeight, info.outHeight);
    for (let j = 0; j < info.filterWidth; j++) {
      const across = j * info.dilationWidth - padInfo.left;
      const columns = range(across, info.strideWidth, info.inWidth, info.outWidth);
      if (rows.count <= 0 || columns.count <= 0) continue;
      taps.push({
        i,
        j,
        row: rows.first,
        column: columns.first,
        rows: rows.count,
        columns: columns.count,
        inRow: rows.first * info.strideHeight + down,
        inColumn: columns.first * info.strideWidth + across,
      });
    }
  }
  return taps;
}
