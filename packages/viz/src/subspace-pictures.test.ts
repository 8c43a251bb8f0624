import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  basisImages,
  gramMatrices,
  interpolationStrip,
  layerOverview,
  type Picture,
  spectrum,
} from './index';
import { findColor, pixelAt } from './testing';
import { textWidth } from './text';
import { themeOf } from './theme';

const theme = themeOf('test', 'light');
let before = 0;
beforeEach(() => {
  before = tf.memory().numTensors;
});
afterEach(() => {
  expect(tf.memory().numTensors).toBe(before);
});

async function withTensors<T>(tensors: tf.Tensor[], draw: () => Promise<T>): Promise<T> {
  try {
    return await draw();
  } finally {
    tf.dispose(tensors);
  }
}

/** Heights of the bars from the left, by the columns that a color fills. */
function barHeights(picture: Picture, color: readonly number[]): number[] {
  const heights: number[] = [];
  let last = 0;
  for (let x = 0; x < picture.width; x++) {
    let height = 0;
    for (let y = 0; y < picture.height; y++) {
      if (pixelAt(picture, x, y).every((byte, channel) => byte === color[channel])) height++;
    }
    if (height > 0 && last === 0) heights.push(height);
    last = height;
  }
  return heights;
}

test('a spectrum’s bars are as high as their sizes, largest first, on one scale for all layers', () => {
  const layers = [
    { title: 'a', values: [2, 8, 4] },
    { title: 'b', values: [1] },
  ];
  const heights = barHeights(spectrum(layers, { plotHeight: 160 }), theme.accent);
  expect(heights).toEqual([160, 80, 40, 20]);
  expect(barHeights(spectrum(layers, { plotHeight: 160, sorted: false }), theme.accent)).toEqual([
    40, 160, 80, 20,
  ]);
});

test('a negative importance counts by its size and is set off in color', () => {
  const chart = spectrum([{ title: 'a', values: [1, -2] }], { plotHeight: 100 });
  expect(barHeights(chart, theme.negative)).toEqual([100]);
  expect(barHeights(chart, theme.accent)).toEqual([50]);
});

test('small values have as many decimal places as two digits take', () => {
  const width = (values: number[], decimals?: number) =>
    spectrum([{ title: '', values }], { decimals }).width;
  expect(width([0.00012])).toBe(56 + textWidth('0.00012', 9));
  expect(width([0.00012, 90])).toBe(width([0.00012, 90], 2));
});

test('a spectrum of zeros is drawn; what is no number is refused', () => {
  expect(barHeights(spectrum([{ title: 'a', values: [0, 0] }]), theme.accent)).toEqual([]);
  expect(() => spectrum([])).toThrow('spectrum: layers: must hold at least one');
  expect(() => spectrum([{ title: 'a', values: [Number.NaN] }])).toThrow('layers[0].values[0]');
  expect(() => spectrum([{ title: 'a', values: [1], labels: [] }])).toThrow('as many as the 1 values, got 0');
});

test('the Gram matrix of an orthonormal basis is the strongest color on its diagonal, the faintest beside it', async () => {
  const basis = tf.tensor2d([
    [0.6, 0.8, 0],
    [-0.8, 0.6, 0],
  ]);
  const draw = () => gramMatrices([{ title: 'Layer 0', basis }], { cellSize: 40 });
  const picture = await withTensors([basis], draw);
  expect(findColor(picture, theme.positive).count).toBeGreaterThan(2 * 1000);
  expect(findColor(picture, theme.ramp[0]).count).toBeGreaterThan(2 * 1000);
  expect(findColor(picture, theme.negative).count).toBe(0);
});

test('opposed vectors have a cell of the other color', async () => {
  const basis = tf.tensor2d([
    [1, 0],
    [-1, 0],
  ]);
  const picture = await withTensors([basis], () => gramMatrices([{ title: '', basis }], { cellSize: 40 }));
  expect(findColor(picture, theme.negative).count).toBeGreaterThan(2 * 1000);
  const flat = tf.tensor1d([1]);
  const drawing = withTensors([flat], () => gramMatrices([{ title: '', basis: flat }]));
  await expect(drawing).rejects.toThrow('layers[0].basis: must be [rank, units], got [1]');
});

test('a basis image shows where its vector lies: by sign for one feature, by strength for many', async () => {
  const one = tf.tensor4d([1, 0, -0.5, 0], [1, 2, 2, 1]);
  const signed = await withTensors([one], () => basisImages([{ title: '', basis: one }], { tileSize: 80 }));
  // 40 pixels a side for each of the four.
  expect(findColor(signed, theme.positive).count).toBe(1600);
  expect(findColor(signed, theme.negative).count).toBe(0);
  const many = tf.tensor4d([3, -4, 0, 0], [1, 1, 2, 2]);
  const strong = await withTensors([many], () => basisImages([{ title: '', basis: many }], { tileSize: 80 }));
  expect(findColor(strong, theme.ramp[2]).count).toBe(1600);
});

test('a basis that broke shows it, and the numbers below small tiles stand apart', async () => {
  for (const [features, vector] of [
    [1, [Number.NaN, 1, -1]],
    [3, [0, Number.NaN, 0, 1, 1, 1, -1, -1, -1]],
    [2, [Infinity, 0, 1, 1, 2, 2]],
  ] as const) {
    const basis = tf.tensor4d([...vector], [1, 1, 3, features]);
    const picture = await withTensors([basis], () => basisImages([{ title: '', basis }], { tileSize: 60 }));
    expect(findColor(picture, [255, 0, 255]).count).toBe(400);
    expect(findColor(picture, [0, 0, 0]).count).toBe(features === 3 ? 400 : 0);
  }
  const basis = tf.tensor4d([1, 2], [2, 1, 1, 1]);
  const layer = { title: '', basis, importance: [12_345.678, 1] };
  const { width } = await withTensors([basis], () => basisImages([layer], { tileSize: 8 }));
  expect(width).toBe(56 + 24 + 2 * textWidth('12345.68', 9) + 8);
});

test('basis images stand in the order of their importance, a color as its departure from gray', async () => {
  const basis = tf.tensor4d([1, -1, 0, 0, 0, 1], [2, 1, 1, 3]);
  const layer = { title: '', basis, importance: [1, -5] };
  const picture = await withTensors([basis], () => basisImages([layer], { tileSize: 60 }));
  const blue = findColor(picture, [128, 128, 255]);
  const redGreen = findColor(picture, [255, 0, 128]);
  expect([blue.count, redGreen.count]).toEqual([3600, 3600]);
  expect(blue.left).toBeLessThan(redGreen.left);
});

test('an interpolation strip frames its two ends alone', async () => {
  const strip = tf.fill([4, 4, 6, 1], -1);
  const picture = await withTensors([strip], () => interpolationStrip([strip, strip], { scale: 5 }));
  // Two frames of 2 pixels around 30 x 20, in each of two strips.
  expect(findColor(picture, theme.accent).count).toBe(4 * (34 * 24 - 30 * 20));
  const [four, two] = [tf.fill([4, 4, 6, 1], 0), tf.fill([2, 4, 6, 1], 0)];
  const drawing = withTensors([four, two], () => interpolationStrip([four, two]));
  await expect(drawing).rejects.toThrow(
    'strips[1]: must be of the shape of the first, [4, 4, 6, 1], got [2, 4, 6, 1]',
  );
});

test('an overview has a cell a dimension, its images in order', async () => {
  const images = tf.tensor4d(
    [-1, 0, 1].flatMap((value) => Array<number>(16).fill(value)),
    [3, 4, 4, 1],
  );
  const dimensions = [{ label: 'rank 1', images }];
  const layers = [
    { title: 'Layer 0', dimensions },
    { title: 'Layer 1', dimensions: [...dimensions, ...dimensions] },
  ];
  const sparse = [{ title: 'none', dimensions: [] }, ...layers];
  const [picture, taller] = await withTensors([images], async () => [
    await layerOverview(layers, { scale: 10 }),
    await layerOverview(sparse, { scale: 10 }),
  ]);
  expect(taller?.height).toBeGreaterThan(picture?.height ?? Infinity);
  if (picture === undefined) throw new Error('no picture');
  const [black, gray, white] = [
    [0, 0, 0],
    [128, 128, 128],
    [255, 255, 255],
  ].map((color) => findColor(picture, color));
  expect([black?.count, gray?.count, white?.count]).toEqual([4800, 4800, 4800]);
  expect(black?.left).toBe((gray?.left ?? 0) - 40);
  await expect(layerOverview([])).rejects.toThrow('layerOverview: layers: must hold at least one');
});
