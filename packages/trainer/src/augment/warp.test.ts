import '@tensorflow/tfjs-backend-cpu';
// Registers the gradients.
import '@tensorflow/tfjs-layers';
import { fillUniform, seededStream } from '@eigengan/core';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, expect, test } from 'vitest';
import { type Affine, afterAffine, moved, quarterTurned, scaled, turned, unmoved } from './affine';
import { shift, warp } from './warp';

beforeAll(() => tf.setBackend('cpu'));

type Grid = number[][][];

function random(height: number, width: number, channels = 2, seed = 1): Grid {
  const stream = seededStream(seed, 'images');
  const pixel = () => [...fillUniform(stream, new Float32Array(channels), { min: -1, max: 1 })];
  return Array.from({ length: height }, () => Array.from({ length: width }, pixel));
}

function warped(image: Grid, map: Affine): Promise<Float32Array> {
  return tf.tidy(() => warp(tf.tensor4d([image]), [map])).data<'float32'>();
}

/** The image that has at (y, x) the pixel of `image` that `from(y, x)` names. */
function picked(image: Grid, from: (y: number, x: number) => readonly [number, number]): Float32Array {
  const values = image.flatMap((row, y) =>
    row.flatMap((_, x) => {
      const [sourceY, sourceX] = from(y, x);
      return image[sourceY]?.[sourceX] ?? [];
    }),
  );
  return Float32Array.from(values);
}

test('flips and quarter turns move whole pixels, to the last bit', async () => {
  const n = 5;
  const image = random(n, n);
  expect(await warped(image, scaled(-1, 1))).toEqual(picked(image, (y, x) => [y, n - 1 - x]));
  expect(await warped(image, scaled(1, -1))).toEqual(picked(image, (y, x) => [n - 1 - y, x]));
  // Clockwise: the left column becomes the top row.
  expect(await warped(image, quarterTurned(1))).toEqual(picked(image, (y, x) => [n - 1 - x, y]));
  expect(await warped(image, quarterTurned(2))).toEqual(picked(image, (y, x) => [n - 1 - y, n - 1 - x]));
  expect(await warped(image, quarterTurned(3))).toEqual(picked(image, (y, x) => [x, n - 1 - y]));
});

test('whole moves bring in the mirror picture, also of images that are not square', async () => {
  const image = random(4, 6);
  // Right by 2 and up by 1: from the left come columns 2 and 1, from below row 2.
  expect(await warped(image, moved(2, -1))).toEqual(
    picked(image, (y, x) => [[1, 2, 3, 2][y] ?? 0, [2, 1, 0, 1, 2, 3][x] ?? 0]),
  );
});

test('nothing to do gives the images themselves', () => {
  const images = tf.ones([2, 3, 3, 1]);
  expect(warp(images, [unmoved, unmoved])).toBe(images);
});

test('an image that stays beside one that moves keeps its bits', async () => {
  const images = tf.tensor4d([random(4, 6), random(4, 6, 2, 9)]);
  const [first] = tf.unstack(warp(images, [unmoved, turned(1)]));
  expect(await first?.data()).toEqual(await tf.slice(images, 0, 1).data());
});

/** Bilinear, on a copy of the image extended by reflection on each side, as it is written in a textbook. */
function sampled(image: Grid, { xx, xy, x0, yx, yy, y0 }: Affine): number[] {
  const margin = 60;
  const extended = <T>(line: T[]): T[] => {
    let longer = line;
    while (longer.length < line.length + 2 * margin) {
      // The period is one picture and its mirror picture without the two ends.
      longer = [...line, ...line.slice(1, -1).reverse(), ...longer];
    }
    return longer;
  };
  const period = (size: number) => 2 * (size - 1);
  const rows = extended(image.map((row) => extended(row)));
  const [height, width] = [image.length, image[0]?.length ?? 0];
  const shiftOf = (size: number) => period(size) * Math.floor(margin / 2 / period(size));
  const read = (y: number, x: number, c: number) =>
    rows[y + shiftOf(height)]?.[x + shiftOf(width)]?.[c] ?? Number.NaN;
  return image.flatMap((row, i) =>
    row.flatMap((pixel, j) =>
      pixel.map((_, c) => {
        const [x, y] = [j - (width - 1) / 2, i - (height - 1) / 2];
        const u = xx * x + xy * y + x0 + (width - 1) / 2;
        const v = yx * x + yy * y + y0 + (height - 1) / 2;
        const [left, top] = [Math.floor(u), Math.floor(v)];
        const [a, b] = [u - left, v - top];
        return (
          (1 - b) * ((1 - a) * read(top, left, c) + a * read(top, left + 1, c)) +
          b * ((1 - a) * read(top + 1, left, c) + a * read(top + 1, left + 1, c))
        );
      }),
    ),
  );
}

test.each([
  ['scaled up', scaled(1.3, 1.3)],
  ['scaled down, far into the mirror picture', scaled(0.4, 0.5)],
  ['turned', turned(0.7)],
  ['turned, scaled and moved', [scaled(1.2, 0.7), turned(-2.1), moved(1.7, -0.6)].reduce(afterAffine)],
])('%s it is what a plain bilinear sampler gives', async (_, map) => {
  const image = random(6, 9, 3);
  const actual = await warped(image, map);
  const expected = sampled(image, map);
  expect(Math.max(...expected.map((value, k) => Math.abs(value - (actual[k] ?? Number.NaN))))).toBeLessThan(
    1e-6,
  );
});

test('a map after another is the two one after the other', async () => {
  const image = random(5, 5);
  const [first, second] = [quarterTurned(1), moved(1, 2)];
  const both = await warped(image, afterAffine(first, second));
  const inTurn = await tf.tidy(() => warp(warp(tf.tensor4d([image]), [first]), [second])).data<'float32'>();
  expect(both).toEqual(inTurn);
});

test('a shift brings in zeros, and its gradient drops what went out', async () => {
  const [height, width] = [4, 6];
  const grids = [random(height, width), random(height, width, 2, 9)];
  const images = tf.tensor4d(grids);
  const moves = [
    { x: 2, y: -1 },
    { x: 0, y: 9 },
  ];
  const expected = grids.map((grid, image) =>
    grid.map((row, i) =>
      row.map((_, j) => grid[i - (moves[image]?.y ?? 0)]?.[j - (moves[image]?.x ?? 0)] ?? [0, 0]),
    ),
  );
  expect(await shift(images, moves).data()).toEqual(await tf.tensor4d(expected).data());
  const gradient = await tf
    .grad((images) => tf.sum(shift(images, moves)))(images)
    .data();
  // Of the first image the columns 4 and 5 and the row 0 go out, of the second all.
  const stays = (k: number) => {
    const [i, j] = [Math.floor(k / (2 * width)), Math.floor(k / 2) % width];
    return i > 0 && i < height && j < 4 ? 1 : 0;
  };
  expect([...gradient]).toEqual(Array.from({ length: images.size }, (_, k) => stays(k)));
});

test('an image one pixel wide is its own mirror picture', async () => {
  const image = random(3, 1);
  expect(await warped(image, moved(5, 0))).toEqual(picked(image, (y, x) => [y, x]));
});
