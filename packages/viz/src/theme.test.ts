import { expect, test } from 'vitest';
import { contrast } from './color';
import { themeOf, themeOn } from './theme';

test('the contrast of black and white is 21, of gray and white that of WCAG’s own example', () => {
  expect(contrast([0, 0, 0], [255, 255, 255])).toBeCloseTo(21, 10);
  // https://www.w3.org/WAI/WCAG22/Techniques/general/G18: #767676 is the lightest gray that has 4.5 on white.
  expect(contrast([118, 118, 118], [255, 255, 255])).toBeGreaterThan(4.5);
  expect(contrast([119, 119, 119], [255, 255, 255])).toBeLessThan(4.5);
});

test.each(['light', 'dark'] as const)('words can be read on the %s ground, and lines be seen', (name) => {
  const { background, ink, muted, accent, band, series } = themeOf('test', name);
  for (const color of [ink, muted, accent]) {
    for (const ground of [background, band]) expect(contrast(color, ground)).toBeGreaterThan(4.5);
  }
  for (const color of series) expect(contrast(color, background)).toBeGreaterThan(2.7);
});

test('on any gray one of the two themes’ words has a contrast of 3.4', () => {
  for (let gray = 0; gray < 256; gray++) {
    const ground = [gray, gray, gray] as const;
    expect(contrast(themeOn(ground).ink, ground)).toBeGreaterThan(3.4);
  }
});
