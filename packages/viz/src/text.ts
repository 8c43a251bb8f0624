import { blendPixel } from './canvas';
import type { Color } from './color';
import { capitalHeight, glyphOf } from './font';
import type { Picture } from './picture';
import { smoothGlyph } from './smooth-glyph';

export interface TextStyle {
  /** Height of a capital letter in pixels; the whole line with descenders is 9/7 of it. */
  readonly size: number;
  readonly color: Color;
  /** What of the text stands at x. Default `left`. */
  readonly align?: 'left' | 'center' | 'right' | undefined;
}

/** From one glyph's left edge to the next one's, in pixels. */
const advance = (character: string, size: number) =>
  Math.round((((glyphOf(character)[0]?.length ?? 0) + 1) * size) / capitalHeight);

/** The width of a line of text in pixels. */
export function textWidth(text: string, size: number): number {
  if (text === '') return 0;
  const whole = [...text].reduce((sum, character) => sum + advance(character, size), 0);
  return whole - Math.round(size / capitalHeight);
}

/** Writes one line of text, the tops of its capitals at `y`. */
export function drawText(picture: Picture, text: string, x: number, y: number, style: TextStyle): void {
  const { size, color, align = 'left' } = style;
  const shift = { left: 0, center: 0.5, right: 1 }[align];
  let left = Math.round(x - shift * textWidth(text, size));
  for (const character of text) {
    const mask = smoothGlyph(character, size);
    for (let row = 0; row < mask.height; row++) {
      for (let column = 0; column < mask.width; column++) {
        const alpha = mask.coverage[row * mask.width + column] ?? 0;
        if (alpha > 0) blendPixel(picture, left + column, Math.round(y) + row, color, alpha);
      }
    }
    left += advance(character, size);
  }
}
