import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import { expect, test } from 'vitest';
import { toPicture, toPictures } from './index';

test('-1 is 0, 0 is 128 and 1 is 255, the three channels in order', async () => {
  const picture = await toPicture(tf.tensor3d([-1, 0, 1], [1, 1, 3]));
  expect(picture).toEqual({ width: 1, height: 1, data: Uint8Array.of(0, 128, 255, 255) });
});

test('what lies beyond the range is clamped, never wrapped around', async () => {
  const picture = await toPicture(tf.tensor3d([-1.5, 1.01, 40], [1, 1, 3]));
  expect([...picture.data]).toEqual([0, 255, 255, 255]);
});

test('a pixel with a NaN or an infinity is opaque magenta, its neighbours are not', async () => {
  const picture = await toPicture(tf.tensor3d([0, Number.NaN, 0, 0, 0, 0, Infinity, 0, 0], [1, 3, 3]));
  const magenta = [255, 0, 255, 255];
  expect([...picture.data]).toEqual([...magenta, 128, 128, 128, 255, ...magenta]);
  const seeThrough = await toPicture(tf.tensor3d([0, 0, 0, Number.NaN], [1, 1, 4]));
  expect([...seeThrough.data]).toEqual(magenta);
});

test('one channel is gray, a fourth one is alpha', async () => {
  const gray = await toPicture(tf.tensor3d([-1, 1], [1, 2, 1]));
  expect([...gray.data]).toEqual([0, 0, 0, 255, 255, 255, 255, 255]);
  const alpha = await toPicture(tf.tensor3d([1, -1, -1, 0], [1, 1, 4]));
  expect([...alpha.data]).toEqual([255, 0, 0, 128]);
});

test('a batch keeps its order, and height and width are not mixed up', async () => {
  const images = tf.tensor4d([-1, -1, -1, -1, -1, 1, 1, 1, 1, 1, 1, -1], [2, 2, 3, 1]);
  const pictures = await toPictures(images);
  expect(pictures.map(({ width, height }) => [width, height])).toEqual([
    [3, 2],
    [3, 2],
  ]);
  expect(pictures.map(({ data }) => [...data].filter((_, at) => at % 4 === 0))).toEqual([
    [0, 0, 0, 0, 0, 255],
    [255, 255, 255, 255, 255, 0],
  ]);
});

test('no tensor is made, and the images stay the caller’s', async () => {
  const images = tf.zeros([2, 3, 4, 3]);
  const before = tf.memory().numTensors;
  await toPictures(images);
  expect(tf.memory().numTensors).toBe(before);
  expect(images.isDisposed).toBe(false);
});

test('another number of channels, no image at all, or bytes: refused with the number', async () => {
  await expect(toPictures(tf.zeros([1, 2, 2, 2]))).rejects.toThrow(
    'toPictures: must have 1, 3 or 4 channels, got 2',
  );
  await expect(toPictures(tf.zeros([0, 2, 2, 3]))).rejects.toThrow('at least one image, got [0, 2, 2, 3]');
  await expect(toPictures(tf.zeros([2, 2, 3]))).rejects.toThrow(
    'toPictures: must have shape [batch, height, width, channels], got [2, 2, 3]',
  );
  await expect(toPicture(tf.zeros([2, 2, 3], 'int32'))).rejects.toThrow(
    'toPicture: must be float32 in [-1, 1], got "int32". Bytes become that by dividing by 127.5',
  );
});
