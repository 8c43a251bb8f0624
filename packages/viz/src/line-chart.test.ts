import { expect, test } from 'vitest';
import { lineChart, stacked, trainingCurves } from './index';
import { findColor, pixelAt } from './testing';
import { themeOf } from './theme';

const theme = themeOf('test', 'light');
const plot = { plotWidth: 200, plotHeight: 100 };
const color = theme.series[0] ?? [];

/** Where a column of the plot has the first series' color: its mean row, or undefined. */
function rowOf(picture: ReturnType<typeof lineChart>, x: number): number | undefined {
  const rows = Array.from({ length: picture.height }, (_, y) => y).filter((y) =>
    pixelAt(picture, x, y).every((byte, channel) => Math.abs(byte - (color[channel] ?? 0)) < 12),
  );
  return rows.length === 0 ? undefined : rows.reduce((a, b) => a + b, 0) / rows.length;
}

/** The edges of the plot: a chart ends with it on the right, and with numbers below it. */
function boxOf(chart: ReturnType<typeof lineChart>) {
  const bottom = chart.height - 28 - 11 - 14;
  return { left: chart.width - 28 - plot.plotWidth, bottom, top: bottom - plot.plotHeight };
}

test('a straight line is straight, from the lower left to the upper right', () => {
  const chart = lineChart([{ name: '', x: [0, 1], y: [0, 10] }], { ...plot, range: [0, 10] });
  const { left, bottom } = boxOf(chart);
  for (const part of [0.25, 0.5, 0.75]) {
    const row = rowOf(chart, Math.round(left + part * 200));
    expect(Math.abs((row ?? 0) - (bottom - part * 100))).toBeLessThan(1.5);
  }
});

test('on a logarithmic scale ten times as much is as far everywhere', () => {
  const x = [0, 1, 2];
  const chart = lineChart([{ name: '', x, y: [1, 10, 100] }], { ...plot, scale: 'log', range: [1, 100] });
  const { left, bottom } = boxOf(chart);
  expect(Math.abs((rowOf(chart, left + 100) ?? 0) - (bottom - 50))).toBeLessThan(1.5);
  expect(Math.abs((rowOf(chart, left + 50) ?? 0) - (bottom - 25))).toBeLessThan(1.5);
});

test('what cannot be drawn is a gap, and a lone point a dot', () => {
  const y = [5, Number.NaN, 5, Number.NaN, 5];
  // An odd number of pixels, so that the dot in the middle fills one.
  const odd = { plotWidth: 201, plotHeight: 101 };
  const chart = lineChart([{ name: '', x: [0, 1, 2, 3, 4], y }], { ...odd, range: [0, 10] });
  const left = chart.width - 28 - 201;
  expect(rowOf(chart, left + 100)).toBeDefined();
  expect([50, 150].map((x) => rowOf(chart, left + x))).toEqual([undefined, undefined]);
});

test('x may begin and end elsewhere than the lines', () => {
  const line = [{ name: '', x: [0, 1], y: [0, 10] }];
  const chart = lineChart(line, { ...plot, range: [0, 10], xRange: [0, 2] });
  const { left, bottom } = boxOf(chart);
  expect(Math.abs((rowOf(chart, left + 50) ?? 0) - (bottom - 50))).toBeLessThan(1.5);
  expect(rowOf(chart, left + 150)).toBeUndefined();
  expect(() => lineChart(line, { xRange: [1, 0] })).toThrow('lineChart: xRange[1]');
});

test('one step alone is a dot in the middle', () => {
  const chart = lineChart([{ name: '', x: [7], y: [3] }], plot);
  const { left, top, bottom } = boxOf(chart);
  // The legend has a square of the same color above the plot.
  const within = { ...chart, height: bottom - top, data: chart.data.subarray(top * chart.width * 4) };
  const dot = findColor(within, color);
  expect(Math.abs((dot.left + dot.right) / 2 - left - 100)).toBeLessThan(1);
  expect(Math.abs((dot.top + dot.bottom) / 2 - 50)).toBeLessThan(25);
});

test('smoothing draws the corrected moving average over faint points', () => {
  // 0, then 10 for ever: the average 0.9^n from 10, corrected by the weights so far.
  const y = [0, ...Array.from({ length: 40 }, () => 10)];
  const x = y.map((_, i) => i);
  const chart = lineChart([{ name: '', x, y }], { ...plot, smoothing: 0.9, range: [0, 10] });
  const { left, bottom } = boxOf(chart);
  const expected = 10 * (1 - (0.1 * 0.9 ** 20) / (1 - 0.9 ** 21));
  expect(Math.abs((rowOf(chart, left + 100) ?? 0) - (bottom - expected * 10))).toBeLessThan(1.6);
});

test('a line is cut at the edges of its plot', () => {
  const chart = lineChart([{ name: '', x: [0, 1], y: [-100, 100] }], { ...plot, range: [0, 1] });
  const { top, bottom } = boxOf(chart);
  const plain = lineChart([{ name: '', x: [0, 1], y: [0.5, 0.5] }], { ...plot, range: [0, 1] });
  // Above and below the plot nothing differs but the legend's row.
  for (let y = 0; y < chart.height; y++) {
    if (y >= top && y < bottom) continue;
    for (let x = 0; x < chart.width; x += 3) expect(pixelAt(chart, x, y)).toEqual(pixelAt(plain, x, y));
  }
});

test('a hundred thousand points are drawn', () => {
  const x = Array.from({ length: 100_000 }, (_, i) => i);
  expect(lineChart([{ name: 'a', x, y: x.map(Math.sin) }], { smoothing: 0.5 }).width).toBeGreaterThan(560);
});

test('what is no line is refused', () => {
  expect(() => lineChart([])).toThrow('lineChart: series: must hold at least one, got []');
  expect(() => lineChart([{ name: '', x: [0], y: [] }])).toThrow(
    'series[0].y: must be as many as x, 1, got 0',
  );
  expect(() => lineChart([{ name: '', x: [1, 0], y: [1, 1] }])).toThrow('series[0].x[1]: must be a finite');
  expect(() => lineChart([{ name: '', x: [0], y: [-1] }], { scale: 'log' })).toThrow('that can be drawn');
  expect(() => lineChart([{ name: '', x: [0], y: [1] }], { range: [1, 1] })).toThrow('lineChart: range[1]');
  expect(() => lineChart([{ name: '', x: [0], y: [1] }], Object({ smooth: 1 }))).toThrow('"smoothing"');
});

test('training curves have a panel for what the log holds, and say what they look for', () => {
  const record = (step: number) => ({ step, d_loss: 1 / step, g_loss: step });
  const records = Array.from({ length: 50 }, (_, i) => record(i + 1));
  const losses = trainingCurves(records);
  const both = trainingCurves(records.map((one) => ({ ...one, penalty: 0.1 })));
  expect(both.height).toBeGreaterThan(losses.height + 160);
  expect(findColor(losses, theme.series[1] ?? []).count).toBeGreaterThan(100);
  const ink = (middle: number | null) =>
    findColor(
      trainingCurves([0, 1, 2].map((step) => ({ step, d_loss: [1, middle, 3][step] ?? null }))),
      color,
    ).count;
  // A gap on both sides leaves two dots of 20 pixels or so.
  expect(ink(2) - ink(null)).toBeGreaterThan(100);
  expect(() => trainingCurves([{ step: 1, loss: 2 }])).toThrow('must hold a step and one of d_loss, g_loss');
});

test('stacked pictures keep their pixels, the narrower ones have ground beside them', () => {
  const red = { width: 1, height: 1, data: Uint8Array.of(255, 0, 0, 255) };
  const blue = { width: 2, height: 1, data: Uint8Array.of(0, 0, 255, 255, 0, 0, 255, 255) };
  const both = stacked([red, blue], { gap: 1 });
  expect([both.width, both.height]).toEqual([2, 3]);
  expect([pixelAt(both, 0, 0), pixelAt(both, 1, 2)]).toEqual([
    [255, 0, 0],
    [0, 0, 255],
  ]);
  expect(pixelAt(both, 1, 0)).toEqual([...theme.background]);
  expect(() => stacked([])).toThrow('stacked: pictures: must hold at least one');
});
