import { expect, test } from 'vitest';
import { blankPicture } from './canvas';
import { glyphHeight, glyphOf } from './font';
import { findColor } from './testing';
import { drawText, textWidth } from './text';

const ascii = Array.from({ length: 127 - 32 }, (_, i) => String.fromCharCode(32 + i));
const beyond = [...'−·×±–—…°²≤≥→←σλμ'];
const drawing = (character: string) =>
  glyphOf(character)
    .map((row) => row.map((ink) => (ink ? '#' : '.')).join(''))
    .join('\n');
const box = drawing('\u{1f600}');

test('every glyph has nine rows of one width, and some ink unless it is a blank', () => {
  for (const character of [...ascii, ...beyond]) {
    const glyph = glyphOf(character);
    expect(glyph.length, character).toBe(glyphHeight);
    expect(new Set(glyph.map((row) => row.length)).size, character).toBe(1);
    expect(glyph.flat().includes(true), character).toBe(character !== ' ');
  }
});

test('no two characters look the same, dashes aside', () => {
  const seen = new Map<string, string>();
  for (const character of [...ascii, ...beyond].filter((one) => !'–−'.includes(one))) {
    const form = drawing(character);
    expect(seen.get(form), character).toBeUndefined();
    seen.set(form, character);
  }
});

test('a character without a glyph is drawn as a box, not left out', () => {
  expect([...ascii, ...beyond].map(drawing)).not.toContain(box);
  expect(box).toContain('#...#');
  expect(textWidth('a\u{1f600}b', 14)).toBe(textWidth('axb', 14));
});

test('drawn text is as wide as it says and stands where it is put', () => {
  for (const size of [9, 11, 17]) {
    const picture = blankPicture(300, 60, [255, 255, 255]);
    drawText(picture, 'HELLO 123 H', 20, 10, { size, color: [0, 0, 0] });
    const ink = findColor(picture, [0, 0, 0]);
    expect(ink.left).toBe(20);
    expect(Math.abs(ink.right + 1 - 20 - textWidth('HELLO 123 H', size))).toBeLessThanOrEqual(2);
    expect([ink.top, ink.bottom]).toEqual([10, 10 + size - 1]);
  }
});

test('text can end at x or have its middle there', () => {
  const ends = (['left', 'center', 'right'] as const).map((align) => {
    const picture = blankPicture(300, 30, [255, 255, 255]);
    drawText(picture, 'HHH', 150, 5, { size: 14, color: [0, 0, 0], align });
    return findColor(picture, [0, 0, 0]);
  });
  const width = textWidth('HHH', 14);
  expect(ends.map(({ left }) => left)).toEqual([150, Math.round(150 - width / 2), 150 - width]);
});

test('what falls outside the picture is left out without an error', () => {
  const picture = blankPicture(10, 10, [255, 255, 255]);
  drawText(picture, 'wide', -8, -3, { size: 14, color: [0, 0, 0] });
  expect(picture.data.length).toBe(400);
});
