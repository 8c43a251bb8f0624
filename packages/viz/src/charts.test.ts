import { expect, test } from 'vitest';
import { barChart, heatMap, sideBySide } from './index';
import { findColor, pixelAt } from './testing';
import { textWidth } from './text';
import { themeOf } from './theme';

const theme = themeOf('test', 'light');

/** The color near the corner of a cell, where no digit is. */
const cellColor = (picture: ReturnType<typeof heatMap>, row: number, column: number, size = 64) =>
  pixelAt(picture, 28 + column * (size + 3) + 4, 28 + row * (size + 3) + 4);

test('a heat map’s cell is the darker the larger its value, rows from the top', () => {
  const map = heatMap([
    [0, 0.25],
    [0.5, 1],
  ]);
  const sum = (row: number, column: number) => cellColor(map, row, column).reduce((a, b) => a + b, 0);
  expect(cellColor(map, 0, 0)).toEqual([...theme.ramp[0]]);
  expect(cellColor(map, 1, 0)).toEqual([...theme.ramp[1]]);
  expect(cellColor(map, 1, 1)).toEqual([...theme.ramp[2]]);
  expect(sum(0, 1)).toBeLessThan(sum(0, 0));
  expect(sum(0, 1)).toBeGreaterThan(sum(1, 0));
});

test('beyond a given range the color stays at its end', () => {
  const map = heatMap([[-3, 7]], { range: [0, 1] });
  expect(cellColor(map, 0, 0)).toEqual([...theme.ramp[0]]);
  expect(cellColor(map, 0, 1)).toEqual([...theme.ramp[2]]);
});

test('a cell that is not a number has no color of the ramp', () => {
  const map = heatMap([[Number.NaN, 0, 1]]);
  expect(cellColor(map, 0, 0)).toEqual([...theme.background]);
  expect(cellColor(map, 0, 1)).toEqual([...theme.ramp[0]]);
});

test('a matrix of equal values, or without any finite one, is drawn', () => {
  expect(cellColor(heatMap([[2, 2]]), 0, 1)).toEqual([...theme.ramp[0]]);
  expect(heatMap([[Number.NaN]]).width).toBeGreaterThan(64);
});

/** Whether anything but one color is drawn in a box. */
function isInked(picture: ReturnType<typeof heatMap>, x0: number, y0: number, side: number): boolean {
  const ground = pixelAt(picture, x0, y0).join();
  return Array.from({ length: side * side }, (_, at) =>
    pixelAt(picture, x0 + (at % side), y0 + Math.floor(at / side)).join(),
  ).some((color) => color !== ground);
}

test('a cell is as large as is asked for while its number fits, in smaller digits at need', () => {
  for (const cellSize of [textWidth('−0.01', 11) + 8, textWidth('−0.01', 9) + 8]) {
    const map = heatMap([[-0.01, 0.5]], { cellSize });
    expect([map.width, map.height]).toEqual([56 + 2 * cellSize + 3, 56 + cellSize]);
    expect([0, 1].map((column) => isInked(map, 28 + column * (cellSize + 3), 28, cellSize))).toEqual([
      true,
      true,
    ]);
  }
});

test('no number is left out: a cell grows to hold it, unless none are wanted', () => {
  const side = textWidth('−12345.68', 9) + 8;
  const map = heatMap([[-12_345.678], [1]], { cellSize: 10 });
  expect([map.width, map.height]).toEqual([56 + side, 56 + 2 * side + 3]);
  expect(isInked(map, 28, 28, side)).toBe(true);
  const plain = heatMap([[-12_345.678], [1]], { cellSize: 10, decimals: 'none' });
  expect([plain.width, plain.height]).toEqual([56 + 10, 56 + 23]);
  expect(isInked(plain, 28, 28, 10)).toBe(false);
});

test('labels of columns stand apart, and a title that is wider than the map has room', () => {
  const columnLabels = ['a', 'a longer label'];
  const map = heatMap([[1, 2]], { columnLabels, cellSize: 30 });
  expect(map.width).toBe(56 + 2 * (textWidth('a longer label', 11) + 8) + 3);
  const columnTitle = 'a title that is far longer than the two cells';
  expect(heatMap([[1, 2]], { columnTitle }).width).toBe(56 + textWidth(columnTitle, 11));
});

test('options of unknown names are refused, not ignored', () => {
  expect(() => heatMap([[1]], Object({ columLabels: ['a'] }))).toThrow('Did you mean "columnLabels"?');
  expect(() => barChart([], Object({ lables: [] }))).toThrow('Did you mean "labels"?');
  expect(() => sideBySide([], Object({ tilte: 'a' }))).toThrow('sideBySide: must have no options but gap');
});

test('a ragged or empty matrix, labels that do not fit, a backward range: refused', () => {
  expect(() => heatMap([])).toThrow('heatMap: matrix: must be at least 1 x 1, got []');
  expect(() => heatMap([[1, 2], [3]])).toThrow('matrix[1]: must have 2 columns like matrix[0], got 1');
  expect(() => heatMap([[1]], { rowLabels: ['a', 'b'] })).toThrow(
    'rowLabels: must hold 1 texts, or none, got 2',
  );
  expect(() => heatMap([[1]], { range: [1, 0] })).toThrow('heatMap: range[1]');
});

/** A chart without its legend. */
function below(chart: ReturnType<typeof barChart>) {
  const rows = 60;
  return { ...chart, height: chart.height - rows, data: chart.data.subarray(rows * chart.width * 4) };
}

test('bars are as high as their values, negative ones hang below zero', () => {
  const chart = barChart([{ name: 'a', values: [4, -2] }], {
    labels: ['x', 'y'],
    barWidth: 20,
    plotHeight: 300,
  });
  const color = theme.series[0] ?? [];
  // The legend has a square of the same color above the plot.
  const { left } = findColor(chart, color);
  expect(left).toBe(28);
  const columnHeights = Array.from({ length: chart.width }, (_, x) => {
    let height = 0;
    for (let y = 60; y < chart.height; y++) {
      if (pixelAt(chart, x, y).every((byte, channel) => byte === color[channel])) height++;
    }
    return height;
  });
  const bars = columnHeights.filter((height) => height > 0);
  expect(bars.length).toBe(40);
  // Ticks from -2 to 4: 300 pixels for 6 units.
  expect(Math.abs((bars[0] ?? 0) - 200)).toBeLessThanOrEqual(1);
  expect(Math.abs((bars[39] ?? 0) - 100)).toBeLessThanOrEqual(1);
});

test('two series stand next to each other in their own colors', () => {
  const series = [
    { name: 'learned', values: [1, 2] },
    { name: 'principal', values: [2, 1] },
  ];
  const chart = barChart(series, { labels: ['1', '2'], decimals: 2, title: 'Importance' });
  expect(theme.series.slice(0, 2).every((color) => findColor(chart, color).count > 1000)).toBe(true);
});

test('the numbers on narrow bars stand apart, below negative ones as well', () => {
  const series = [
    { name: 'a', values: [3] },
    { name: 'b', values: [3] },
  ];
  const chart = barChart(series, { labels: ['x'], decimals: 4, barWidth: 8 });
  const [first, second] = theme.series.slice(0, 2).map((color) => findColor(below(chart), color).left);
  expect((second ?? 0) - (first ?? 0)).toBe(textWidth('3.0000', 9) + 6);
  const up = barChart([{ name: '', values: [2] }], { labels: ['x'], decimals: 1 });
  const down = barChart([{ name: '', values: [-2] }], { labels: ['x'], decimals: 1 });
  expect(down.height).toBe(up.height + 9);
});

test('a series without a finite value for each label is refused', () => {
  const labels = ['a', 'b'];
  expect(() => barChart([], { labels })).toThrow('barChart: series: must hold at least one');
  expect(() => barChart([{ name: 'x', values: [1] }], { labels })).toThrow(
    'series[0].values: must hold one value for each of the 2 labels, got 1',
  );
  expect(() => barChart([{ name: 'x', values: [1, Number.NaN] }], { labels })).toThrow(
    'barChart: series[0].values[1]: must be a finite number, got NaN',
  );
});

test('decimal places that no number can have are refused', () => {
  const chart = (decimals: number) => () =>
    barChart([{ name: 'x', values: [1] }], { labels: ['a'], decimals });
  expect(chart(-1)).toThrow('barChart: decimals: must be an integer of at least 0 and of at most 10, got -1');
  expect(() => heatMap([[1]], { decimals: 0.5 })).toThrow('heatMap: decimals');
});

test('pictures side by side keep their pixels, the lower ones have ground below them', () => {
  const red = { width: 2, height: 1, data: Uint8Array.of(255, 0, 0, 255, 255, 0, 0, 255) };
  const blue = { width: 1, height: 2, data: Uint8Array.of(0, 0, 255, 255, 0, 0, 255, 255) };
  const both = sideBySide([red, blue], { gap: 1, background: '#ffffff' });
  expect([both.width, both.height]).toEqual([4, 2]);
  const row = (y: number) => [0, 1, 2, 3].map((x) => pixelAt(both, x, y).join());
  expect(row(0)).toEqual(['255,0,0', '255,0,0', '255,255,255', '0,0,255']);
  expect(row(1)).toEqual(['255,255,255', '255,255,255', '255,255,255', '0,0,255']);
  expect(() => sideBySide([])).toThrow('sideBySide: pictures: must hold at least one');
  expect(() => sideBySide([{ ...red, width: 3 }])).toThrow(
    'pictures[0]: data must be a Uint8Array of 12 bytes for 3 x 1 RGBA',
  );
});
