import { argumentError, assertFinite } from '@eigengan/core';

/** The values that stand for black and white; the first may be the larger one. */
export type ValueRange = readonly [black: number, white: number];

/** @throws ArgumentError for what is no range */
export function assertValueRange(where: string, range: ValueRange): void {
  if (!Array.isArray(range) || range.length !== 2)
    throw argumentError(where, 'must be [black, white]', range);
  for (const value of range) assertFinite(where, value);
  if (range[0] === range[1]) throw argumentError(where, 'black and white must differ', range);
}

/** The byte nearest to a value; undefined for NaN, and where that would be below 0 or above 255. */
export function byteOf(value: number, [black, white]: ValueRange): number | undefined {
  const byte = Math.round(((value - black) / (white - black)) * 255);
  return byte >= 0 && byte <= 255 ? byte : undefined;
}
