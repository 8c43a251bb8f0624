import '@tensorflow/tfjs-backend-cpu';
import { seededStream } from '@eigengan/core';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, expect, test } from 'vitest';
import { type Part, wholeBatch } from '../phases/part';
import { penaltySample } from './penalty-sample';

beforeAll(() => tf.setBackend('cpu'));

const shape = [4, 2, 3, 2];
const real = tf.randomNormal(shape, 1, 2, 'float32', 1);
const fake = tf.randomNormal(shape, -1, 0.5, 'float32', 2);

function context(part: Part = wholeBatch(4)) {
  const cut = (images: tf.Tensor) => tf.slice(images, [part.offset], [part.length]);
  const random = seededStream(1, 'penalty');
  return { real: cut(real), fake: cut(fake), part, discriminate: tf.sum, random, step: 0 };
}

test('the line runs from the real image to the fake one, one place an image', async () => {
  const sample = await penaltySample('line', context()).data();
  const stream = seededStream(1, 'penalty');
  const [from, to] = [await real.data(), await fake.data()];
  for (let image = 0; image < 4; image++) {
    const alpha = stream.uniform();
    for (let i = image * 12; i < image * 12 + 12; i++) {
      const [a = 0, b = 0] = [from[i], to[i]];
      expect(sample[i]).toBeCloseTo(a + alpha * (b - a), 5);
    }
  }
});

test('DRAGAN goes up to half a standard deviation above each element', async () => {
  for (const [at, images] of [
    ['dragan-real', real],
    ['dragan-fake', fake],
  ] as const) {
    const sample = await penaltySample(at, context()).data();
    const values = await images.data<'float32'>();
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const deviation = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
    const stream = seededStream(1, 'penalty');
    const alphas = [0, 1, 2, 3].map(() => stream.uniform());
    for (const [i, x] of values.entries()) {
      const y = x + 0.5 * deviation * stream.uniform();
      expect(sample[i]).toBeCloseTo(x + (alphas[Math.floor(i / 12)] ?? 0) * (y - x), 5);
    }
  }
});

test.each(['line', 'dragan-real', 'dragan-fake'] as const)(
  'at %s micro-batches draw what the batch does',
  async (at) => {
    // Images alike, so that a part has the batch's deviation.
    const images = (part: Part) => ({
      ...context(part),
      real: tf.tile(tf.tensor2d([[-1, 1, 0.5]]), [part.length, 1]),
      fake: tf.tile(tf.tensor2d([[3, 5, 2]]), [part.length, 1]),
    });
    const parts = [0, 1].map((i) =>
      penaltySample(at, images({ offset: i * 3, length: i === 0 ? 3 : 1, of: 4 })),
    );
    const [whole, joined] = [penaltySample(at, images(wholeBatch(4))), tf.concat(parts)];
    const values = await whole.data();
    for (const [i, value] of (await joined.data()).entries()) expect(value).toBeCloseTo(values[i] ?? NaN, 5);
    expect(new Set(values).size).toBe(12);
  },
);

test('images without any spread stay where they are', async () => {
  const flat = { ...context(), real: tf.fill(shape, 0.25) };
  expect(new Set(await penaltySample('dragan-real', flat).data())).toEqual(new Set([0.25]));
});
