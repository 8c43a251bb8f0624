/** Which input pixel each output pixel of a nearest-neighbour resize shows. */
export interface NearestNeighborResize {
  /** `[batch, height, width, channels]` of the input. */
  readonly from: readonly [number, number, number, number];
  /** `[height, width]` of the output. */
  readonly to: readonly [number, number];
  readonly alignCorners: boolean;
  readonly halfPixelCenters: boolean;
}

/**
 * Adds the gradient of each output pixel to that of the input pixel it shows.
 *
 * @param dy `[batch, height', width', channels]`.
 * @param dx `[batch, height, width, channels]`, overwritten.
 */
export function nearestNeighborGradient(
  dy: ArrayLike<number>,
  dx: Float32Array,
  resize: NearestNeighborResize,
): void {
  const [batch, height, width, channels] = resize.from;
  const [outHeight, outWidth] = resize.to;
  const rows = sources(height, outHeight, resize);
  const columns = sources(width, outWidth, resize);
  dx.fill(0);
  for (let b = 0; b < batch; b++) {
    for (let p = 0; p < outHeight; p++) {
      for (let q = 0; q < outWidth; q++) {
        const source = ((b * outHeight + p) * outWidth + q) * channels;
        const target = ((b * height + at(rows, p)) * width + at(columns, q)) * channels;
        for (let c = 0; c < channels; c++) dx[target + c] = at(dx, target + c) + at(dy, source + c);
      }
    }
  }
}

/** The forward kernels' own index, along one axis. */
function sources(size: number, outSize: number, options: NearestNeighborResize): Int32Array {
  const aligned = options.alignCorners && outSize > 1;
  const ratio = aligned ? (size - 1) / (outSize - 1) : size / outSize;
  const shift = options.halfPixelCenters ? 0.5 : 0;
  return Int32Array.from({ length: outSize }, (_, i) => {
    const position = ratio * (i + shift);
    return Math.min(size - 1, options.alignCorners ? Math.round(position) : Math.floor(position));
  });
}

function at(values: ArrayLike<number>, index: number): number {
  return values[index] as number;
}
