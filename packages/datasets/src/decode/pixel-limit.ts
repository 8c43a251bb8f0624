import { formatError } from '@eigengan/core';

/** 2^28 pixels, 16,384 x 16,384, a GiB decoded: a file that claims more is refused before it is decoded. */
export const pixelLimit = 2 ** 28;

/** A side so long would need as much for the weights of its scaling. */
const sideLimit = 2 ** 20;

/** @throws FormatError when a picture claims no pixels, or more than `pixelLimit`, or 2^20 a side */
export function assertPixels(name: string, height: number, width: number): void {
  if (height >= 1 && width >= 1 && height * width <= pixelLimit && Math.max(height, width) <= sideLimit)
    return;
  const rule = `must have 1 to ${pixelLimit} pixels, at most ${sideLimit} a side`;
  throw formatError(name, rule, `${height} x ${width}`);
}
