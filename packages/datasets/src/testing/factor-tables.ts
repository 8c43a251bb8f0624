import { expect } from 'vitest';
import type { FactorSource, FactorValues } from '../factors/factor-source';

/**
 * Expects each factor's values equally often and each pair of factors independent, by chi-squared over the
 * first `count` pictures: more than 5 deviations off the mean happens once in some 100,000 tables.
 */
export function expectIndependentUniform<Factors extends object>(
  source: FactorSource<Factors>,
  count: number,
): void {
  const columns = Object.entries<readonly number[]>(source.factorValues).map(([name, values]) => ({
    name,
    // A table of pairs needs some tens of pictures a cell, so that many values share a class.
    classes: Math.min(values.length, 8),
    place: new Map(values.map((value, i) => [value, i] as const)),
    total: values.length,
  }));
  const all = Array.from({ length: count }, (_, i) => source.factors(i));
  const drawn = columns.map(({ name, classes, place, total }) =>
    all.map((factors) =>
      Math.floor(((place.get(Number(Reflect.get(factors, name))) ?? Number.NaN) * classes) / total),
    ),
  );
  columns.forEach((a, i) => {
    columns.slice(0, i + 1).forEach((b, j) => {
      const cells = new Map<string, number>();
      for (let k = 0; k < count; k++) {
        const cell = i === j ? `${drawn[i]?.[k]}` : `${drawn[i]?.[k]},${drawn[j]?.[k]}`;
        cells.set(cell, (cells.get(cell) ?? 0) + 1);
      }
      const shares = expectedShares(a).flatMap((share, x) =>
        i === j
          ? [{ cell: `${x}`, share }]
          : expectedShares(b).map((other, y) => ({ cell: `${x},${y}`, share: share * other })),
      );
      let chiSquared = 0;
      for (const { cell, share } of shares) {
        const expected = share * count;
        chiSquared += ((cells.get(cell) ?? 0) - expected) ** 2 / expected;
        cells.delete(cell);
      }
      expect(cells.size, `${a.name}, ${b.name}: values that are none of the factor's`).toBe(0);
      const freedom = shares.length - 1;
      expect(chiSquared, `${a.name}, ${b.name}`).toBeLessThan(freedom + 5 * Math.sqrt(2 * freedom));
    });
  });
}

/** Which part of the values falls into each class. */
function expectedShares({ classes, total }: { classes: number; total: number }): number[] {
  const shares = new Array<number>(classes).fill(0);
  for (let i = 0; i < total; i++) shares[Math.floor((i * classes) / total)]! += 1 / total;
  return shares;
}

/** Expects the grid to hold every combination once, in order, the last factor fastest. */
export function expectGridOrder<Factors extends object>(
  source: FactorSource<Factors>,
  values: FactorValues<Factors>,
): void {
  const factors = Object.entries<readonly number[]>(values);
  expect(source.length).toBe(factors.reduce((product, [, { length }]) => product * length, 1));
  // A step that shares no divisor with any count, so that all places of all factors come up.
  for (let index = 0; index < source.length; index += 1009) {
    const drawn = source.factors(index);
    const back = factors.reduce(
      (sum, [name, { length }], i) =>
        sum * length + (factors[i]?.[1].indexOf(Number(Reflect.get(drawn, name))) ?? -1),
      0,
    );
    expect(back).toBe(index);
  }
}
