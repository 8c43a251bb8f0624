import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, expect, test } from 'vitest';
import type { AugmentationState } from './augmentation';
import { stepAugmentation } from './step-augmentation';

beforeAll(() => tf.setBackend('cpu'));

/** Gives each image, `[batch, 1, 1, 1]`, the first number of its stream. */
const numbering: AugmentationState = {
  numbers: {},
  logged: {},
  observe: () => {},
  apply: (images, streams) => {
    const [batch = 0] = images.shape;
    return tf.tensor(
      Array.from({ length: batch }, (_, image) => streams(image).uniform()),
      images.shape,
    );
  },
};

async function numbers(
  step: number,
  pass: string,
  part: { offset: number; length: number },
  images = part.length,
) {
  const augment = stepAugmentation(numbering, 1, step);
  return [...(await augment(tf.zeros([images, 1, 1, 1]), { ...part, of: 6 }, pass).data())];
}

test('pieces of a batch have the parameters that their images have in the whole', async () => {
  const whole = await numbers(0, 'real', { offset: 0, length: 6 });
  expect(new Set(whole).size).toBe(6);
  const pieces = [
    await numbers(0, 'real', { offset: 0, length: 4 }),
    await numbers(0, 'real', { offset: 4, length: 2 }),
  ];
  expect(pieces.flat()).toEqual(whole);
});

test('two samples joined, of a piece, have those of the two whole samples joined', async () => {
  const whole = await numbers(0, 'penalty', { offset: 0, length: 6 }, 12);
  expect(new Set(whole).size).toBe(12);
  const piece = await numbers(0, 'penalty', { offset: 4, length: 2 }, 4);
  expect(piece).toEqual([whole[4], whole[5], whole[10], whole[11]]);
});

test('another pass and another step have others', async () => {
  const part = { offset: 0, length: 6 };
  const all = [
    await numbers(0, 'real', part),
    await numbers(0, 'fake', part),
    await numbers(1, 'real', part),
  ];
  expect(new Set(all.flat()).size).toBe(18);
});
