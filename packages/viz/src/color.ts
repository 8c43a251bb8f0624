import { argumentError } from '@eigengan/core';

/** Red, green and blue, each 0 to 255. */
export type Color = readonly [red: number, green: number, blue: number];

/**
 * The color that `#rrggbb` writes.
 *
 * @throws ArgumentError for any other form
 */
export function parseColor(where: string, text: string): Color {
  const match = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(text);
  if (match === null) throw argumentError(where, 'must be a color like #1f77b4', text);
  const [, red = '', green = '', blue = ''] = match;
  return [Number.parseInt(red, 16), Number.parseInt(green, 16), Number.parseInt(blue, 16)];
}

/** The color `part` (0 to 1) of the way from `from` to `to`. */
export function mix(from: Color, to: Color, part: number): Color {
  const channel = (a: number, b: number) => Math.round(a + (b - a) * part);
  return [channel(from[0], to[0]), channel(from[1], to[1]), channel(from[2], to[2])];
}

/** How light a color looks, 0 (black) to 1 (white): Rec. 709 weights on the stored values. */
export function lightness(color: Color): number {
  return (0.2126 * color[0] + 0.7152 * color[1] + 0.0722 * color[2]) / 255;
}
