import { assertInteger, assertOneOf } from '@eigengan/core';
import { type ArrayLayout, arrayLayouts } from './picture-layout';
import { assertValueRange, type ValueRange } from './value-range';

/** What an array of numbers does not say of the pictures in it. */
export interface ArrayOptions {
  /**
   * Where the channels are: `nhwc` last, `nchw` second. By default wherever alone 1 to 4 channels can be.
   * Unused for an array without channels.
   */
  readonly layout?: ArrayLayout | undefined;
  /**
   * Which values are black and white, e.g. [0, 1] or [-1, 1]; the first may be the larger one. By default
   * [0, 255] for uint8, [0, 65535] for uint16, [0, 1] for bool; other types need it. Each value becomes the
   * nearest byte. One that lies beyond, or is NaN, is never cut off: its picture is damaged.
   */
  readonly range?: ValueRange | undefined;
  /**
   * The most bytes to hold at once; 1 GiB by default. One picture, the labels, and the whole array when it
   * lies in Fortran's order or is compressed, because then a picture's bytes are all over the file.
   */
  readonly maxBytes?: number | undefined;
}

export const arrayOptionNames = ['layout', 'range', 'maxBytes'] as const;

export interface CheckedArrayOptions {
  readonly layout: ArrayLayout | undefined;
  readonly range: ValueRange | undefined;
  readonly maxBytes: number;
}

/** @throws ArgumentError for a bad option */
export function checkedArrayOptions(
  where: string,
  { layout, range, maxBytes = 2 ** 30 }: ArrayOptions,
): CheckedArrayOptions {
  if (layout !== undefined) assertOneOf(`${where}: layout`, layout, arrayLayouts);
  if (range !== undefined) assertValueRange(`${where}: range`, range);
  assertInteger(`${where}: maxBytes`, maxBytes, { min: 1 });
  return { layout, range, maxBytes };
}
