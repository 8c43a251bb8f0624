/** How a bilinear resize places its samples. */
export interface BilinearResize {
  /** `[batch, height, width, channels]` of the input. */
  readonly from: readonly [number, number, number, number];
  /** `[height, width]` of the output. */
  readonly to: readonly [number, number];
  readonly alignCorners: boolean;
  readonly halfPixelCenters: boolean;
}

/**
 * Gives the gradient of each output pixel to the four input pixels it is mixed of, by their weights.
 *
 * @param dy `[batch, height', width', channels]`.
 * @param dx `[batch, height, width, channels]`, overwritten.
 */
export function bilinearGradient(dy: ArrayLike<number>, dx: Float32Array, resize: BilinearResize): void {
  const [batch, height, width, channels] = resize.from;
  const [outHeight, outWidth] = resize.to;
  const rows = samples(height, outHeight, resize);
  const columns = samples(width, outWidth, resize);
  dx.fill(0);
  let source = 0;
  for (let b = 0; b < batch; b++) {
    for (const row of rows) {
      const low = (b * height + row.low) * width;
      const high = (b * height + row.high) * width;
      for (const column of columns) {
        const topLeft = (low + column.low) * channels;
        const topRight = (low + column.high) * channels;
        const bottomLeft = (high + column.low) * channels;
        const bottomRight = (high + column.high) * channels;
        for (let c = 0; c < channels; c++) {
          const value = dy[source++] as number;
          const lower = value * row.part;
          const upper = value - lower;
          add(dx, topLeft + c, upper * (1 - column.part));
          add(dx, topRight + c, upper * column.part);
          add(dx, bottomLeft + c, lower * (1 - column.part));
          add(dx, bottomRight + c, lower * column.part);
        }
      }
    }
  }
}

/** A place between two neighbours along one axis. */
interface Sample {
  readonly low: number;
  readonly high: number;
  /** Weight of the higher one. */
  readonly part: number;
}

/** The forward kernels' own places. */
function samples(size: number, outSize: number, options: BilinearResize): readonly Sample[] {
  const aligned = options.alignCorners && outSize > 1;
  const ratio = aligned ? (size - 1) / (outSize - 1) : size / outSize;
  return Array.from({ length: outSize }, (_, i) => {
    const position = options.halfPixelCenters ? ratio * (i + 0.5) - 0.5 : ratio * i;
    const low = Math.max(0, Math.floor(position));
    return { low, high: Math.min(size - 1, Math.ceil(position)), part: Math.max(0, position - low) };
  });
}

function add(values: Float32Array, index: number, value: number): void {
  values[index] = (values[index] as number) + value;
}
