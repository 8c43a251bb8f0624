/** How an image is resized along one axis, as tfjs's kernels do. */
export interface ResizeAxis {
  readonly size: number;
  readonly outSize: number;
  readonly alignCorners: boolean;
  readonly halfPixelCenters: boolean;
}

/** `[size, outSize]`: what each input pixel weighs in each output pixel of a bilinear resize. */
export function bilinearWeights(axis: ResizeAxis): Float32Array {
  const weights = new Float32Array(axis.size * axis.outSize);
  for (let i = 0; i < axis.outSize; i++) {
    const shift = axis.halfPixelCenters ? 0.5 : 0;
    const position = ratio(axis) * (i + shift) - shift;
    const before = Math.max(0, Math.floor(position));
    const after = Math.min(axis.size - 1, Math.ceil(position));
    add(weights, before * axis.outSize + i, 1 - (position - before));
    add(weights, Math.max(0, after) * axis.outSize + i, position - before);
  }
  return weights;
}

/** `[size, outSize]`: 1 where an output pixel of a nearest-neighbour resize shows the input pixel. */
export function nearestWeights(axis: ResizeAxis): Float32Array {
  const weights = new Float32Array(axis.size * axis.outSize);
  for (let i = 0; i < axis.outSize; i++) {
    const position = ratio(axis) * (i + (axis.halfPixelCenters ? 0.5 : 0));
    const source = Math.min(axis.size - 1, axis.alignCorners ? Math.round(position) : Math.floor(position));
    add(weights, source * axis.outSize + i, 1);
  }
  return weights;
}

/** Input pixels per output pixel. */
function ratio({ size, outSize, alignCorners }: ResizeAxis): number {
  return alignCorners && outSize > 1 ? (size - 1) / (outSize - 1) : size / outSize;
}

function add(weights: Float32Array, index: number, value: number): void {
  weights[index] = (weights[index] as number) + value;
}
