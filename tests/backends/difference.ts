/** Tensors read back, by name. */
export type Arrays = Readonly<Record<string, Float32Array>>;

/** A difference between two sets of tensors, and in which tensor it is. */
export interface Difference {
  readonly error: number;
  readonly at: string;
}

/** What is smaller is nothing but rounding: the gradient of a sum that is always zero, for instance. */
const negligible = 1e-6;

/**
 * The largest difference of an element, as a part of the largest expected number of its tensor; infinite
 * where a number, a tensor or its size is not what is expected.
 */
export function largestDifference(actual: Arrays, expected: Arrays): Difference {
  let worst: Difference = { error: 0, at: '' };
  for (const name of new Set([...Object.keys(expected), ...Object.keys(actual)])) {
    const error = elementwise(actual[name], expected[name]);
    if (error > worst.error) worst = { error, at: name };
  }
  return worst;
}

/** The largest `||actual - expected|| / max(1, ||expected||)` of a tensor. */
export function largestNormDifference(actual: Arrays, expected: Arrays): Difference {
  let worst: Difference = { error: 0, at: '' };
  for (const [name, values] of Object.entries(expected)) {
    const others = actual[name];
    let difference = 0;
    let norm = 0;
    for (const [i, value] of values.entries()) {
      difference += ((others?.[i] ?? Number.NaN) - value) ** 2;
      norm += value ** 2;
    }
    const error = Math.sqrt(difference) / Math.max(1, Math.sqrt(norm));
    if (!(error <= worst.error)) worst = { error, at: name };
  }
  return worst;
}

function elementwise(actual: Float32Array | undefined, expected: Float32Array | undefined): number {
  if (actual === undefined || expected === undefined) return Number.POSITIVE_INFINITY;
  if (actual.length !== expected.length) return Number.POSITIVE_INFINITY;
  let scale = 0;
  let error = 0;
  for (const [i, value] of expected.entries()) {
    const difference = Math.abs((actual[i] ?? Number.NaN) - value);
    if (!Number.isFinite(difference)) return Number.POSITIVE_INFINITY;
    scale = Math.max(scale, Math.abs(value));
    error = Math.max(error, difference);
  }
  return error / Math.max(scale, negligible);
}
