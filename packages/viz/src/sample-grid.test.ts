import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import { expect, test } from 'vitest';
import { sampleGrid } from './index';
import { findColor, pixelAt } from './testing';
import { themeOf } from './theme';

const margin = 28;

/** One gray image for each value. */
const grays = (values: number[], height: number, width: number) =>
  tf.stack(values.map((value) => tf.fill([height, width, 1], value)));

test('images stand row by row, each pixel a square of `scale`, `gap` pixels apart', async () => {
  const grid = await sampleGrid(grays([-1, 0, 1], 2, 3), { columns: 2, scale: 4, gap: 5 });
  expect([grid.width, grid.height]).toEqual([2 * margin + 2 * 12 + 5, 2 * margin + 2 * 8 + 5]);
  expect(findColor(grid, [0, 0, 0])).toEqual({ count: 96, left: 28, top: 28, right: 39, bottom: 35 });
  expect(findColor(grid, [128, 128, 128])).toMatchObject({ count: 96, left: 28 + 12 + 5, top: 28 });
  expect(findColor(grid, [255, 255, 255])).toMatchObject({ count: 96, left: 28, top: 28 + 8 + 5 });
});

test('without columns the grid is about square, and never wider than the batch', async () => {
  const nine = await sampleGrid(grays(Array(9).fill(1), 4, 4), { scale: 1, gap: 0 });
  expect([nine.width, nine.height]).toEqual([2 * margin + 12, 2 * margin + 12]);
  const wide = await sampleGrid(grays(Array(8).fill(1), 4, 8), { scale: 1, gap: 0 });
  expect([wide.width, wide.height]).toEqual([2 * margin + 16, 2 * margin + 16]);
  const few = await sampleGrid(grays([1, 1], 4, 4), { scale: 1, gap: 0, columns: 10 });
  expect(few.width).toBe(2 * margin + 8);
});

test('small images are enlarged by a whole number without being asked', async () => {
  const grid = await sampleGrid(grays([1], 32, 32));
  expect(findColor(grid, [255, 255, 255]).count).toBe(96 * 96);
  expect(findColor(await sampleGrid(grays([1], 64, 32)), [255, 255, 255]).count).toBe(128 * 64);
  expect(findColor(await sampleGrid(grays([1], 100, 100)), [255, 255, 255]).count).toBe(100 * 100);
});

test('what is see-through in an image shows the ground', async () => {
  const images = tf.tensor4d([1, 1, 1, -1], [1, 1, 1, 4]);
  const grid = await sampleGrid(images, { scale: 1, background: '#102030' });
  expect(findColor(grid, [16, 32, 48]).count).toBe(grid.width * grid.height);
});

test('a title is written above the images, and a long one widens the picture', async () => {
  const plain = await sampleGrid(grays([1], 8, 8), { scale: 1 });
  const titled = await sampleGrid(grays([1], 8, 8), { scale: 1, title: 'A rather long title' });
  expect(titled.height).toBeGreaterThan(plain.height);
  expect(titled.width).toBeGreaterThan(plain.width);
  const ink = findColor(titled, [36, 39, 46]);
  expect(ink.bottom).toBeLessThan(findColor(titled, [255, 255, 255]).top);
  expect(ink.right).toBeLessThan(titled.width - margin + 1);
});

test('the dark theme has a dark ground', async () => {
  const grid = await sampleGrid(grays([1], 8, 8), { theme: 'dark' });
  expect(Math.max(...pixelAt(grid, 0, 0))).toBeLessThan(40);
});

test('nothing leaks', async () => {
  const images = grays([0, 1], 4, 4);
  const before = tf.memory().numTensors;
  await sampleGrid(images);
  await expect(sampleGrid(images, { scale: 0.5 })).rejects.toThrow();
  expect(tf.memory().numTensors).toBe(before);
});

test('an option out of its range is refused by name', async () => {
  const images = grays([0], 4, 4);
  await expect(sampleGrid(images, { columns: 0 })).rejects.toThrow(
    'sampleGrid: columns: must be an integer of at least 1, got 0',
  );
  await expect(sampleGrid(images, { scale: 1.5 })).rejects.toThrow('sampleGrid: scale');
  await expect(sampleGrid(images, { gap: -1 })).rejects.toThrow('sampleGrid: gap');
  await expect(sampleGrid(images, { background: 'navy' })).rejects.toThrow(
    'sampleGrid: background: must be a color like #1f77b4, got "navy"',
  );
  await expect(sampleGrid(images, Object({ colums: 3 }))).rejects.toThrow('Did you mean "columns"?');
});

test('words stand out from whatever ground is given', async () => {
  const images = grays([0], 8, 8);
  const black = await sampleGrid(images, { background: '#000000', title: 'Samples' });
  expect(findColor(black, themeOf('test', 'dark').ink).count).toBeGreaterThan(50);
  const white = await sampleGrid(images, { background: '#ffffff', title: 'Samples', theme: 'dark' });
  expect(findColor(white, themeOf('test', 'light').ink).count).toBeGreaterThan(50);
});

test('what is see-through in an image stays so on a transparent ground', async () => {
  const images = tf.tensor4d([1, -1, -1, 0, 1, 1, 1, -1], [1, 1, 2, 4]);
  const grid = await sampleGrid(images, { scale: 1, background: 'transparent' });
  const at = (28 * grid.width + 28) * 4;
  expect([...grid.data.subarray(at, at + 8)]).toEqual([255, 0, 0, 128, 0, 0, 0, 0]);
});

test('a transparent ground is see-through around the images alone, and bears no words', async () => {
  const grid = await sampleGrid(grays([-1, 0, 1], 2, 3), {
    columns: 2,
    scale: 4,
    gap: 5,
    background: 'transparent',
  });
  const opaque = grid.data.filter((byte, at) => at % 4 === 3 && byte === 255).length;
  const clear = grid.data.filter((byte, at) => at % 4 === 3 && byte === 0).length;
  expect([opaque, opaque + clear]).toEqual([3 * 96, grid.width * grid.height]);
  expect(findColor(grid, [128, 128, 128])).toMatchObject({ count: 96, left: 45, top: 28 });
  const named = sampleGrid(grays([1], 2, 2), { title: 'Samples', background: 'transparent' });
  await expect(named).rejects.toThrow('sampleGrid: background: must be a color below words');
});
