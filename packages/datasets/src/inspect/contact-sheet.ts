import { argumentError, assertFields, assertInteger } from '@eigengan/core';
import type { Picture } from '../pictures/picture';

export interface ContactSheetOptions {
  /** Pictures a row; 8 by default. */
  readonly columns?: number | undefined;
  /** White between them, pixels; 2 by default. */
  readonly gap?: number | undefined;
}

/**
 * Lays pictures of one size side by side on white, row by row: RGBA, as `sharp(data, { raw })` and `encodePng` of
 * `@eigengan/viz` take it.
 *
 * @throws ArgumentError when there are none, or they differ in size
 */
export function contactSheet(
  pictures: readonly Picture[],
  options: ContactSheetOptions = {},
): Picture & { readonly channels: 4 } {
  assertFields('contactSheet', options, ['columns', 'gap']);
  const { columns = 8, gap = 2 } = options;
  assertInteger('contactSheet: columns', columns, { min: 1, max: 1000 });
  assertInteger('contactSheet: gap', gap, { min: 0, max: 1000 });
  const [first] = pictures;
  if (first === undefined) throw argumentError('contactSheet', 'needs pictures', pictures);
  const across = Math.min(columns, pictures.length);
  const width = across * (first.width + gap) + gap;
  const height = Math.ceil(pictures.length / across) * (first.height + gap) + gap;
  const data = new Uint8Array(width * height * 4).fill(255);
  pictures.forEach((picture, i) => {
    if (picture.height !== first.height || picture.width !== first.width) {
      const rule = `picture ${i} must be ${first.height} x ${first.width} as the first`;
      throw argumentError('contactSheet', rule, `${picture.height} x ${picture.width}`);
    }
    const top = gap + Math.floor(i / across) * (first.height + gap);
    const left = gap + (i % across) * (first.width + gap);
    for (let y = 0; y < picture.height; y++) {
      for (let x = 0; x < picture.width; x++) {
        const from = (y * picture.width + x) * picture.channels;
        writePixel(data, ((top + y) * width + left + x) * 4, picture, from);
      }
    }
  });
  return { height, width, channels: 4, data };
}

function writePixel(into: Uint8Array, at: number, { channels, data }: Picture, from: number): void {
  const hasColor = channels >= 3;
  into[at] = data[from]!;
  into[at + 1] = data[hasColor ? from + 1 : from]!;
  into[at + 2] = data[hasColor ? from + 2 : from]!;
  if (channels === 2 || channels === 4) into[at + 3] = data[from + channels - 1]!;
}
