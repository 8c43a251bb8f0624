import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import { expect, test } from 'vitest';
import { type RowLabel, type TraversalRow, traversalSheet } from './index';
import { findColor, pixelAt } from './testing';
import { textWidth } from './text';
import { themeOf } from './theme';

const theme = themeOf('test', 'light');
const values = [-1.5, 0, 1.5];

/** The color of a row's image, unlike any that the sheet itself has. */
const colorOf = (row: number, column: number) => [10 + row, 200, 20 + column];

function row(label: RowLabel, index: number): TraversalRow {
  const pixels = values.flatMap((_, column) =>
    Array(6)
      .fill(colorOf(index, column).map((byte) => byte / 127.5 - 1))
      .flat(),
  );
  return { label, images: tf.tensor4d(pixels, [3, 2, 3, 3]) };
}

const dimensions = [
  row({ layer: 0, rank: 1, importance: 8 }, 0),
  row({ layer: 0, rank: 2, importance: -4 }, 1),
  row({ layer: 1, rank: 1, importance: 2, name: 'hair', activity: 0.25 }, 2),
];

test('every image is on the sheet once: columns from left to right, rows from top to bottom', async () => {
  const sheet = await traversalSheet(dimensions, { values, scale: 5 });
  const found = dimensions.map((_, i) => values.map((_, column) => findColor(sheet, colorOf(i, column))));
  for (const [i, tiles] of found.entries()) {
    expect(tiles.map(({ count }) => count)).toEqual([150, 150, 150]);
    expect(tiles.map(({ left, right }) => right - left + 1)).toEqual([15, 15, 15]);
    expect(tiles.map(({ left }) => left)).toEqual(tiles.map(({ left }) => left).sort((a, b) => a - b));
    expect(new Set(tiles.map(({ top }) => top)).size).toBe(1);
    if (i > 0) expect(tiles[0]?.top).toBeGreaterThan(found[i - 1]?.[0]?.bottom ?? Infinity);
  }
});

test('the column of the mode is framed and stands on a band, wherever it is', async () => {
  for (const [mode, marked] of [
    [undefined, 1],
    [1.5, 2],
  ] as const) {
    const sheet = await traversalSheet(dimensions, { values, scale: 5, mode });
    for (const column of values.keys()) {
      const tile = findColor(sheet, colorOf(0, column));
      const frame = pixelAt(sheet, tile.left - 1, tile.top + 3);
      const band = pixelAt(sheet, tile.left - 5, tile.top + 3);
      expect(frame).toEqual([...(column === marked ? theme.accent : theme.background)]);
      if (column === marked) expect(band).toEqual([...theme.band]);
    }
  }
});

test('no column is marked when none has the mode’s value', async () => {
  const sheet = await traversalSheet(dimensions, { values: [1, 2, 3], scale: 5 });
  expect(findColor(sheet, theme.band).count).toBe(0);
});

test('a dimension’s bar is as long as its |importance| is large', async () => {
  const sheet = await traversalSheet(dimensions, { values: [1, 2, 3], scale: 50 });
  const lengths = dimensions.map((_, i) => {
    const { left, top, bottom } = findColor(sheet, colorOf(i, 0));
    let longest = 0;
    for (let y = top; y <= bottom; y++) {
      let length = 0;
      for (let x = 0; x < left; x++) {
        if (pixelAt(sheet, x, y).every((byte, channel) => byte === theme.accent[channel])) length++;
      }
      longest = Math.max(longest, length);
    }
    return longest;
  });
  expect(lengths[1]).toBeCloseTo((lengths[0] ?? 0) / 2, -0.5);
  expect(lengths[2]).toBeCloseTo((lengths[0] ?? 0) / 4, -0.5);
});

test('a new layer starts a group with a heading, a row of the same layer does not', async () => {
  const sheet = await traversalSheet(dimensions, { values, scale: 5 });
  const [first, second, third] = dimensions.map((_, i) => findColor(sheet, colorOf(i, 0)));
  const within = (second?.top ?? 0) - (first?.top ?? 0);
  const between = (third?.top ?? 0) - (second?.top ?? 0);
  expect(between).toBeGreaterThan(within + 20);
});

test('plain texts label rows of anything else', async () => {
  const rows = [row('interpolation', 0), row('noise', 1)];
  const sheet = await traversalSheet(rows, { values, scale: 5, title: 'Two ways', subtitle: 'seed 1' });
  const ink = findColor(sheet, theme.ink);
  expect(ink.right).toBeLessThan(sheet.width);
  expect(findColor(sheet, colorOf(1, 2)).count).toBe(150);
});

test('values above narrow images all have room, and read differently', async () => {
  const columnWidth = textWidth('−0.001', 11) + 8;
  const width = async (scale: number) =>
    (await traversalSheet([row('a', 0)], { values: [-0.001, 0, 0.001], scale })).width;
  // Margins, label, columns, and what the mode stands off.
  const around = 2 * 28 + textWidth('a', 11) + 24 + 2 * 14;
  expect(await width(1)).toBe(around + 3 * columnWidth);
  expect(await width(40)).toBe(around + 3 * 120);
});

test('an importance that is no number leaves the bars of the others', async () => {
  const broken = row({ layer: 0, rank: 2, importance: Number.NaN }, 1);
  const sheet = await traversalSheet([...dimensions.slice(0, 1), broken], { values: [1, 2, 3] });
  expect(findColor(sheet, theme.accent).count).toBeGreaterThan(100);
});

test('every row needs one image for each value, all of one size', async () => {
  const label = 'a';
  await expect(traversalSheet([], { values })).rejects.toThrow('rows: must hold at least one row, got []');
  await expect(traversalSheet(dimensions, { values: [] })).rejects.toThrow('values: must hold at least one');
  await expect(traversalSheet(dimensions, { values: [1, 2] })).rejects.toThrow(
    'traversalSheet: rows[0].images: must hold one image for each of the 2 values, got 3',
  );
  await expect(traversalSheet(dimensions, { values: [0, Number.NaN, 1] })).rejects.toThrow(
    'traversalSheet: values[1]: must be a finite number, got NaN',
  );
  const odd = { label, images: tf.zeros([3, 3, 3, 3]) };
  await expect(traversalSheet([row(label, 0), odd], { values })).rejects.toThrow(
    'rows[1].images: must be 2 x 3 like rows[0], got "3 x 3"',
  );
  await expect(traversalSheet(dimensions, { values, scale: 0 })).rejects.toThrow('traversalSheet: scale');
  await expect(traversalSheet(dimensions, { values, mode: Number.NaN })).rejects.toThrow(
    'traversalSheet: mode: must be a finite number, got NaN',
  );
  await expect(traversalSheet(dimensions, Object({ values, sacle: 2 }))).rejects.toThrow('"scale"');
});

test('nothing leaks', async () => {
  const before = tf.memory().numTensors;
  await traversalSheet(dimensions, { values });
  await expect(traversalSheet(dimensions, { values: [0] })).rejects.toThrow();
  expect(tf.memory().numTensors).toBe(before);
});
