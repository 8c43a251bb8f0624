import type { Subspace } from '@eigengan/subspace-layer';

/** One learned direction beside the principal one of the same place. */
export interface ComparedDirection {
  /** 1 is the most important. */
  readonly place: number;
  /** |cos| of the angle between them. */
  readonly cosine: number;
  /** |L| of the learned one. */
  readonly importance: number;
  /** Of the data along the principal one. */
  readonly deviation: number;
  /** |importance - deviation| / deviation. */
  readonly error: number;
}

export interface Comparison {
  readonly directions: readonly ComparedDirection[];
  /** |cos| of every learned direction (rows, the most important first) with every principal one. */
  readonly cosines: readonly (readonly number[])[];
  /** The smallest |cos| of a direction with its own principal one. */
  readonly minCosine: number;
  /** The largest relative error of an importance. */
  readonly maxError: number;
  /** ||learned origin - mean of the data||. */
  readonly originDistance: number;
}

/** Learned against principal, matched by place: the learned directions sorted by |importance|. */
export async function compareSubspaces(learned: Subspace, principal: Subspace): Promise<Comparison> {
  const learnedRows = await rowsOf(learned);
  const principalRows = await rowsOf(principal);
  learnedRows.sort((a, b) => b.importance - a.importance);
  const cosines = learnedRows.map(({ vector }) =>
    principalRows.map((other) => Math.abs(dot(vector, other.vector)) / (norm(vector) * norm(other.vector))),
  );
  const directions = learnedRows.map(({ importance }, i) => {
    const deviation = principalRows[i]?.importance ?? Number.NaN;
    const cosine = cosines[i]?.[i] ?? Number.NaN;
    return {
      place: i + 1,
      cosine,
      importance,
      deviation,
      error: Math.abs(importance - deviation) / deviation,
    };
  });
  const [origin, mean] = await Promise.all([learned.origin.data(), principal.origin.data()]);
  return {
    directions,
    cosines,
    minCosine: Math.min(...directions.map(({ cosine }) => cosine)),
    maxError: Math.max(...directions.map(({ error }) => error)),
    originDistance: norm(origin.map((value, k) => value - (mean[k] ?? 0))),
  };
}

/** The paper's theorem as numbers: every |cos| at least 0.99, every importance within 5 %. */
export function holds({ minCosine, maxError }: Pick<Comparison, 'minCosine' | 'maxError'>): boolean {
  return minCosine >= 0.99 && maxError <= 0.05;
}

async function rowsOf({ basis, importance }: Subspace) {
  const [rank, units] = basis.shape;
  const [vectors, values] = await Promise.all([basis.data(), importance.data()]);
  return Array.from({ length: rank }, (_, j) => ({
    vector: vectors.slice(j * units, (j + 1) * units),
    importance: Math.abs(values[j] ?? 0),
  }));
}

type Vector = ArrayLike<number>;
const dot = (a: Vector, b: Vector) => Array.from(a).reduce((sum, value, k) => sum + value * (b[k] ?? 0), 0);
const norm = (a: Vector) => Math.sqrt(dot(a, a));
