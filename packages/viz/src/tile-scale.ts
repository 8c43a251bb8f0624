import { assertInteger } from '@eigengan/core';

/** Pixels that the longer side of an image takes at least where no scale is given. */
const least = 72;

/**
 * Pixels of a drawing per pixel of an image, a whole number: the one given, or the smallest at which the longer
 * side is of a size to be looked at.
 *
 * @throws ArgumentError when what is given is not an integer of 1 to 64
 */
export function tileScale(where: string, given: number | undefined, height: number, width: number): number {
  const scale = given ?? Math.ceil(least / Math.max(height, width));
  assertInteger(`${where}: scale`, scale, { min: 1, max: 64 });
  return scale;
}
