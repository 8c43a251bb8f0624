import { argumentError, assertInteger } from '@eigengan/core';

/** Pixels a side, or [height, width]. */
export type ImageSize = number | readonly [height: number, width: number];

const smallest = 8;
const largest = 8192;

/** [height, width] of a size. */
export function imageSize(where: string, size: ImageSize): readonly [height: number, width: number] {
  const sides: readonly number[] = typeof size === 'number' ? [size, size] : size;
  if (!Array.isArray(sides) || sides.length !== 2) {
    throw argumentError(where, 'must be a number of pixels or [height, width]', size);
  }
  const [height, width] = sides;
  assertInteger(where, height, { min: smallest, max: largest });
  assertInteger(where, width, { min: smallest, max: largest });
  return [height, width];
}
