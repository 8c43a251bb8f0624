import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { combineImages } from './index';
import { relativeError } from './testing/reference';

beforeAll(async () => {
  await tf.setBackend('cpu');
});

const normal = (shape: number[], seed = 1) => tf.randomNormal(shape, 0, 1, 'float32', seed);

describe('combineImages', () => {
  it('sums the images weighted by z and adds the last one', () => {
    const combined = combineImages(
      tf.tensor2d([
        [1, 2],
        [0, -1],
      ]),
      tf.tensor3d([[[1, 0]], [[0, 1]], [[10, 20]]]),
    );
    expect(combined.shape).toEqual([2, 1, 2]);
    expect([...combined.dataSync()]).toEqual([11, 22, 10, 19]);
  });

  it('after a convolution of the images equals the convolution of the sum', () => {
    const z = normal([5, 3]);
    const images = normal([4, 6, 6, 2], 2);
    const filter: tf.Tensor4D = tf.reshape(normal([3, 3, 2, 4], 3), [3, 3, 2, 4]);
    const convolve = (x: tf.Tensor) => tf.conv2d(tf.reshape<tf.Rank.R4>(x, [-1, 6, 6, 2]), filter, 1, 'same');
    const folded = combineImages(z, convolve(images));
    expect(relativeError(folded.dataSync(), convolve(combineImages(z, images)).dataSync())).toBeLessThan(
      1e-6,
    );
  });

  it('has gradients for both arguments', () => {
    const images = normal([3, 4], 2);
    const z = normal([2, 2]);
    const [dz, dimages] = tf.grads((a: tf.Tensor, b: tf.Tensor) => tf.sum(combineImages(a, b)))([z, images]);
    const rowSums = tf.sum(images, 1).dataSync();
    const columnSums = tf.sum(z, 0).dataSync();
    expect(
      relativeError(
        dz?.dataSync() ?? [],
        [0, 1, 0, 1].map((j) => rowSums[j] ?? 0),
      ),
    ).toBeLessThan(1e-6);
    const expected = [...columnSums, 2].flatMap((sum) => Array<number>(4).fill(sum));
    expect(relativeError(dimages?.dataSync() ?? [], expected)).toBeLessThan(1e-6);
  });

  it('refuses shapes that do not fit together', () => {
    expect(() => combineImages(normal([2, 3]), normal([3, 4]))).toThrow(
      'combineImages: images: must have rank + 1 = 4 rows, got [3, 4]',
    );
    expect(() => combineImages(normal([3]), normal([4, 4]))).toThrow(/must be \[batch, rank\], got \[3\]/);
  });

  it('leaves one tensor', () => {
    const [z, images] = [normal([2, 3]), normal([4, 5])];
    const before = tf.memory().numTensors;
    combineImages(z, images).dispose();
    expect(tf.memory().numTensors).toBe(before);
  });
});
