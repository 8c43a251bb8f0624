/** The layer's formulas on plain arrays in double precision, written apart from the code they test. */
export interface Reference {
  basis: number[][];
  importance: number[];
  origin: number[];
}

const dot = (a: readonly number[], b: readonly number[]) =>
  a.reduce((sum, value, k) => sum + value * (b[k] ?? 0), 0);

/** Textbook Gram-Schmidt: each vector minus its projections on the earlier results, then normalised. */
export function referenceGramSchmidt(vectors: readonly number[][]): number[][] {
  const basis: number[][] = [];
  for (const vector of vectors) {
    let rest = [...vector];
    for (const unit of basis) {
      const along = dot(vector, unit);
      rest = rest.map((value, k) => value - along * (unit[k] ?? 0));
    }
    const length = Math.sqrt(dot(rest, rest));
    basis.push(rest.map((value) => value / length));
  }
  return basis;
}

/** phi = sum_j u_j L_j z_j + mu for each row of z. */
export function referenceFeatures(
  { basis, importance, origin }: Reference,
  z: readonly number[][],
): number[][] {
  return z.map((coordinates) =>
    origin.map((mean, k) =>
      coordinates.reduce((sum, value, j) => sum + (basis[j]?.[k] ?? 0) * (importance[j] ?? 0) * value, mean),
    ),
  );
}

/** 0.5 * sum over i and j of (u_i . u_j - delta_ij)^2. */
export function referencePenalty(basis: readonly number[][]): number {
  let sum = 0;
  basis.forEach((a, i) => {
    basis.forEach((b, j) => {
      sum += 0.5 * (dot(a, b) - (i === j ? 1 : 0)) ** 2;
    });
  });
  return sum;
}

/** The gradient of a function of a flat vector by central differences. */
export function differences(f: (x: number[]) => number, x: readonly number[], step = 1e-5): number[] {
  return x.map((value, k) => {
    const moved = [...x];
    moved[k] = value + step;
    const above = f(moved);
    moved[k] = value - step;
    return (above - f(moved)) / (2 * step);
  });
}

/** A flat vector as rows of a length. */
export function inRows(flat: readonly number[], length: number): number[][] {
  return Array.from({ length: flat.length / length }, (_, i) => flat.slice(i * length, (i + 1) * length));
}

/** ||a - b|| / ||b||. */
export function relativeError(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const difference = Array.from(a, (value, k) => value - (b[k] ?? Number.NaN));
  const expected = Array.from(b);
  return Math.sqrt(dot(difference, difference) / dot(expected, expected));
}
