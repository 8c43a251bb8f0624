import type { RandomStream } from '@eigengan/core';

/** A row of which less than this share is new is rounding noise. */
const dependence = 1e-12;

/**
 * Orthonormalises the rows of a matrix in place, in double precision: Gram-Schmidt, every row projected
 * twice ("twice is enough"). Costs count^2 * length. A row that depends on those before it is replaced by a
 * random direction orthogonal to them.
 *
 * @param rows count rows of `length` numbers, one after the other; count at most length
 * @param stream where replacements are drawn from
 * @returns which rows were replaced
 */
export function orthonormalizeRows(rows: Float64Array, length: number, stream: RandomStream): boolean[] {
  const count = rows.length / length;
  const replaced: boolean[] = [];
  for (let i = 0; i < count; i++) {
    const row = rows.subarray(i * length, (i + 1) * length);
    let before = norm(row);
    removeProjections(rows, i, length);
    let after = norm(row);
    const dependent = !(after > dependence * before);
    while (!(after > dependence * before)) {
      for (let k = 0; k < length; k++) row[k] = stream.normal();
      before = norm(row);
      removeProjections(rows, i, length);
      after = norm(row);
    }
    scale(row, 1 / after);
    removeProjections(rows, i, length);
    scale(row, 1 / norm(row));
    replaced.push(dependent);
  }
  return replaced;
}

/** Takes from row `i` what lies along the orthonormal rows before it, one after the other. */
function removeProjections(rows: Float64Array, i: number, length: number): void {
  const target = i * length;
  for (let j = 0; j < i; j++) {
    const source = j * length;
    let product = 0;
    for (let k = 0; k < length; k++) product += (rows[source + k] ?? 0) * (rows[target + k] ?? 0);
    for (let k = 0; k < length; k++) {
      rows[target + k] = (rows[target + k] ?? 0) - product * (rows[source + k] ?? 0);
    }
  }
}

function norm(row: Float64Array): number {
  let sum = 0;
  for (const value of row) sum += value * value;
  return Math.sqrt(sum);
}

function scale(row: Float64Array, factor: number): void {
  for (let k = 0; k < row.length; k++) row[k] = (row[k] ?? 0) * factor;
}
