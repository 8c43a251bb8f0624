import { argumentError, assertFinite, assertInteger } from '@eigengan/core';
import { describeExtent, type Grid } from './size';

/** How many feature maps the networks have. */
export interface WidthOptions {
  /** Features at the step whose edge is 1024 = 4 * 2^8 (the official `dim_10`); twice as many a step deeper. */
  readonly width?: number | undefined;
  /** The most features anywhere. */
  readonly maxWidth?: number | undefined;
}

const defaultWidth = 4;
export const defaultMaxWidth = 512;

/**
 * Feature maps after 0, 1, ..., `grid.steps` doublings: `min(floor(2^(10 - log2 s) * width), maxWidth)` with
 * `s = 4 * 2^step`, whatever the base (official `nd` in the code's networks).
 *
 * @throws ArgumentError when the last would be below 1
 */
export function featureWidths(
  where: string,
  grid: Grid,
  { width = defaultWidth, maxWidth = defaultMaxWidth }: WidthOptions,
): readonly number[] {
  assertFinite(`${where}: width`, width, { exclusiveMin: 0 });
  assertInteger(`${where}: maxWidth`, maxWidth, { min: 1 });
  const smallest = 2 ** (grid.steps - 8);
  if (width < smallest) {
    const rule = `width must be at least ${smallest} to leave one feature at size ${describeExtent(grid.size)}`;
    throw argumentError(where, rule, width);
  }
  return Array.from({ length: grid.steps + 1 }, (_, step) =>
    Math.min(Math.floor(2 ** (8 - step) * width), maxWidth),
  );
}
