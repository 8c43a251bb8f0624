import { argumentError, assertFinite } from '@eigengan/core';

/** The values that stand for black and white; the first may be the larger one. */
export type ValueRange = readonly [black: number, white: number];

/** @throws ArgumentError for what is no range */
export function assertValueRange(where: string, range: ValueRange): void {
  if (!Array.isArray(range) || range.length !== 2)
    throw argumentError(where, 'must be [black, white]', range);
  for (const value of range) assertFinite(where, value);
  const levels = 255 / (range[1] - range[0]);
  if (!Number.isFinite(levels) || levels === 0)
    throw argumentError(where, 'black and white must differ', range);
}
