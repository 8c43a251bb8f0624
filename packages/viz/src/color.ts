import { argumentError } from '@eigengan/core';

/** Red, green and blue, each 0 to 255. */
export type Color = readonly [red: number, green: number, blue: number];

/** What is drawn where a number is NaN or infinite: a color that nobody takes for a picture's. */
export const brokenColor: Color = [255, 0, 255];

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

/** A color as `#rrggbb`. */
export function colorText(color: Color): string {
  return `#${color.map((channel) => channel.toString(16).padStart(2, '0')).join('')}`;
}

/** The color `part` (0 to 1) of the way from `from` to `to`. */
export function mix(from: Color, to: Color, part: number): Color {
  const channel = (a: number, b: number) => Math.round(a + (b - a) * part);
  return [channel(from[0], to[0]), channel(from[1], to[1]), channel(from[2], to[2])];
}

/** How well two colors are told apart, 1 (not at all) to 21 (black on white): the contrast ratio of WCAG 2. */
export function contrast(a: Color, b: Color): number {
  const [less = 0, more = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (more + 0.05) / (less + 0.05);
}

/** The relative luminance of WCAG 2, 0 to 1. */
function luminance([red, green, blue]: Color): number {
  const linear = (byte: number) =>
    byte <= 0.04045 * 255 ? byte / 255 / 12.92 : ((byte / 255 + 0.055) / 1.055) ** 2.4;
  return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
}
