export interface WeightedRows {
  /** What the rows are added to: [columns, channels]. */
  readonly sums: Float32Array;
  readonly data: Uint8Array;
  /** Where in the data the first row begins. */
  readonly first: number;
  /** From one row's beginning to the next one's. */
  readonly pitch: number;
  readonly channels: number;
}

/** Adds some of the `left` rows, each times its weight, the first one's being `weights[at]`. @returns how many */
export type AddRows = (rows: WeightedRows, weights: Float32Array, at: number, left: number) => number;

/** Adds eight rows at once, which spares most of the reading and writing of sums, or one. */
export const addOpaqueRows: AddRows = ({ sums, data, first, pitch }, weights, at, left) => {
  const a = weights[at]!;
  if (left < 8) {
    for (let i = 0; i < sums.length; i++) sums[i]! += a * data[first + i]!;
    return 1;
  }
  const [b, c, d, e] = [weights[at + 1]!, weights[at + 2]!, weights[at + 3]!, weights[at + 4]!];
  const [f, g, h] = [weights[at + 5]!, weights[at + 6]!, weights[at + 7]!];
  const [second, third, fourth] = [first + pitch, first + 2 * pitch, first + 3 * pitch];
  const [fifth, sixth, seventh] = [first + 4 * pitch, first + 5 * pitch, first + 6 * pitch];
  const eighth = first + 7 * pitch;
  for (let i = 0; i < sums.length; i++) {
    sums[i]! +=
      a * data[first + i]! +
      b * data[second + i]! +
      c * data[third + i]! +
      d * data[fourth + i]! +
      e * data[fifth + i]! +
      f * data[sixth + i]! +
      g * data[seventh + i]! +
      h * data[eighth + i]!;
  }
  return 8;
};

/** Adds one row of 2 or 4 channels, its colors multiplied by its alpha. */
export const addPremultipliedRow: AddRows = ({ sums, data, first, channels }, weights, at) => {
  const weight = weights[at]!;
  if (channels === 2) {
    for (let i = 0, j = first; i < sums.length; i += 2, j += 2) {
      const alpha = weight * data[j + 1]!;
      sums[i]! += alpha * data[j]!;
      sums[i + 1]! += alpha;
    }
    return 1;
  }
  for (let i = 0, j = first; i < sums.length; i += 4, j += 4) {
    const alpha = weight * data[j + 3]!;
    sums[i]! += alpha * data[j]!;
    sums[i + 1]! += alpha * data[j + 1]!;
    sums[i + 2]! += alpha * data[j + 2]!;
    sums[i + 3]! += alpha;
  }
  return 1;
};
