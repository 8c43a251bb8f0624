import { formatError } from '@eigengan/core';

/** 2^28 pixels, 16,384 x 16,384, a GiB decoded: a file that claims more is refused before it is decoded. */
export const pixelLimit = 2 ** 28;

/** @throws FormatError when a picture claims no pixels, or more than `pixelLimit` */
export function assertPixels(name: string, height: number, width: number): void {
  if (height >= 1 && width >= 1 && height * width <= pixelLimit) return;
  throw formatError(name, `must have 1 to ${pixelLimit} pixels`, `${height} x ${width}`);
}
