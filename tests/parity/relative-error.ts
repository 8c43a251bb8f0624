import type { TensorRecord } from '@eigengan/core';

/** `||a - b|| / ||b||` over all elements of all tensors. */
export function relativeError(
  got: Readonly<Record<string, TensorRecord>>,
  expected: Readonly<Record<string, TensorRecord>>,
): number {
  let difference = 0;
  let norm = 0;
  for (const [name, { data }] of Object.entries(expected)) {
    const values = got[name]?.data;
    if (values === undefined || values.length !== data.length) return Number.POSITIVE_INFINITY;
    for (const [i, value] of data.entries()) {
      difference += ((values[i] ?? Number.NaN) - value) ** 2;
      norm += value ** 2;
    }
  }
  return Math.sqrt(difference / norm);
}

/** `|a - b| / |b|`. */
export function relativeErrorOf(got: number, expected: number): number {
  return Math.abs(got - expected) / Math.abs(expected);
}
