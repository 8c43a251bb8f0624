import { argumentError, assertOneOf } from '@eigengan/core';
import type { ImageForm } from '../decode/image-form';

/** How an image comes to a size: `pad` puts it in the middle of black, unscaled; the others scale it. */
export type IdxFit = 'pad' | ImageForm['fit'];

/**
 * What is done to come to a size; undefined when nothing is. By default `pad` when that adds at most a
 * quarter to each side (28 to 32), else `cover`.
 *
 * @throws ArgumentError when the size holds no image that is to be padded
 */
export function idxFit(
  where: string,
  [height, width]: readonly [height: number, width: number],
  [toHeight, toWidth]: readonly [height: number, width: number],
  wanted: IdxFit | undefined,
): IdxFit | undefined {
  if (wanted !== undefined) assertOneOf(`${where}: fit`, wanted, ['pad', 'cover', 'contain', 'stretch']);
  if (height === toHeight && width === toWidth) return undefined;
  const holds = toHeight >= height && toWidth >= width;
  const near = toHeight <= 1.25 * height && toWidth <= 1.25 * width;
  const fit = wanted ?? (holds && near ? 'pad' : 'cover');
  if (fit === 'pad' && !holds) {
    const rule = `must be at least the images' ${height} x ${width} to pad them`;
    throw argumentError(`${where}: size`, rule, [toHeight, toWidth], { hint: "Use fit: 'cover'" });
  }
  return fit;
}
