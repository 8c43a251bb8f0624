import { argumentError, assertInteger } from '@eigengan/core';

/** Height and width in pixels. */
export type Extent = readonly [height: number, width: number];

/** One number stands for a square. */
export type Size = number | Extent;

/** An image size taken apart: `size = base * 2^steps`. */
export interface Grid {
  readonly base: Extent;
  readonly size: Extent;
  /** How often the size doubles from base to image: the number of blocks, at least 1. */
  readonly steps: number;
}

const defaultBase: Extent = [4, 4];

/**
 * Takes a size apart.
 *
 * @throws ArgumentError when `size` is not `base * 2^n` with n of at least 1, naming the nearest that are
 */
export function resolveGrid(where: string, size: Size, base: Size = defaultBase): Grid {
  const baseExtent = resolveExtent(`${where}: base`, base);
  const extent = resolveExtent(`${where}: size`, size);
  const ratio = extent[0] / baseExtent[0];
  const steps = Math.log2(ratio);
  if (Number.isInteger(steps) && steps >= 1 && extent[1] === baseExtent[1] * ratio) {
    return { base: baseExtent, size: extent, steps };
  }
  const below = Math.max(1, Math.floor(steps));
  const near = [below, steps < 1 ? 2 : below + 1].map((n) => describeExtent(scale(baseExtent, 2 ** n)));
  const rule = `size must be base * 2^n with base ${describeExtent(baseExtent)}, e.g. ${near.join(' or ')}`;
  throw argumentError(where, rule, size);
}

/** [height, width] after `step` doublings of the base. */
export function extentAt(grid: Grid, step: number): Extent {
  return scale(grid.base, 2 ** step);
}

/** 32 for a square, [32, 48] for what is not. */
export function describeExtent([height, width]: Extent): string {
  return height === width ? String(height) : `[${height}, ${width}]`;
}

function resolveExtent(where: string, size: Size): Extent {
  if (typeof size === 'number') {
    assertInteger(where, size, { min: 1 });
    return [size, size];
  }
  if (!Array.isArray(size) || size.length !== 2) {
    throw argumentError(where, 'must be a number or [height, width]', size);
  }
  const [height, width] = size;
  assertInteger(`${where}[0]`, height, { min: 1 });
  assertInteger(`${where}[1]`, width, { min: 1 });
  return [height, width];
}

function scale([height, width]: Extent, factor: number): Extent {
  return [height * factor, width * factor];
}
