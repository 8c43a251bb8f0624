import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { encodePng, type Picture, sampleGrid } from './index';

const noise = (width: number, height: number, alpha: (pixel: number) => number): Picture => ({
  width,
  height,
  data: Uint8Array.from({ length: width * height * 4 }, (_, at) =>
    at % 4 === 3 ? alpha((at - 3) / 4) : (at * 2654435761) >>> 24,
  ),
});

/** What another decoder reads from the file. */
async function decode(bytes: Uint8Array) {
  const { data, info } = await sharp(bytes).raw().toBuffer({ resolveWithObject: true });
  return { ...info, data: new Uint8Array(data) };
}

test('an opaque picture is written as RGB and read back by another decoder to the byte', async () => {
  const picture = noise(17, 5, () => 255);
  const read = await decode(await encodePng(picture));
  expect([read.width, read.height, read.channels]).toEqual([17, 5, 3]);
  expect(read.data).toEqual(picture.data.filter((_, at) => at % 4 !== 3));
});

test('a see-through picture keeps its alpha', async () => {
  const picture = noise(3, 7, (pixel) => pixel * 12);
  const read = await decode(await encodePng(picture));
  expect(read.channels).toBe(4);
  expect(read.data).toEqual(picture.data);
});

test('a grid made from a tensor reaches the file', async () => {
  const grid = await sampleGrid(tf.tensor4d([-1, 0, 1, 1], [1, 2, 2, 1]), { scale: 1 });
  const read = await decode(await encodePng(grid));
  const pixel = (x: number, y: number) => read.data[(y * read.width + x) * 3];
  expect([pixel(28, 28), pixel(29, 28), pixel(28, 29)]).toEqual([0, 128, 255]);
});

test('texts are in the file as tEXt chunks', async () => {
  const bytes = await encodePng(
    noise(2, 2, () => 255),
    { text: { Software: 'EigenGAN', Comment: 'step 300' } },
  );
  const file = Buffer.from(bytes).toString('latin1');
  expect(file).toContain('tEXtSoftware\0EigenGAN');
  expect(file).toContain('tEXtComment\0step 300');
  expect((await decode(bytes)).width).toBe(2);
});

test('data of the wrong length, and texts no PNG can hold, are refused', async () => {
  await expect(encodePng({ width: 2, height: 2, data: new Uint8Array(12) })).rejects.toThrow(
    'encodePng: data must be a Uint8Array of 16 bytes for 2 x 2 RGBA, got Uint8Array of 12 bytes',
  );
  await expect(encodePng({ width: 0, height: 2, data: new Uint8Array(0) })).rejects.toThrow(
    'encodePng: width',
  );
  const picture = noise(1, 1, () => 255);
  await expect(encodePng(picture, { text: { a: '→' } })).rejects.toThrow(
    'encodePng: text.a: must be Latin-1',
  );
  await expect(encodePng(picture, { text: { '': 'a' } })).rejects.toThrow(
    'keywords must be 1 to 79 characters',
  );
});
