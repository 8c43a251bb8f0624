import '@tensorflow/tfjs-backend-cpu';
// Registers the gradients.
import '@tensorflow/tfjs-layers';
import { fillUniform, type RandomStream, seededStream } from '@eigengan/core';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, expect, test } from 'vitest';
import { diffAugment } from '../index';

beforeAll(() => tf.setBackend('cpu'));

const streams = (image: number) => seededStream(5, `${image}`);

function randomImages(shape: [number, number, number, number]): tf.Tensor4D {
  const size = tf.util.sizeFromShape(shape);
  return tf.tensor4d(fillUniform(seededStream(1, 'x'), new Float32Array(size), { min: -1, max: 1 }), shape);
}

/** A stream of the given uniform numbers. */
function scripted(numbers: readonly number[]): RandomStream {
  let next = 0;
  const uniform = () => numbers[next++] ?? Number.NaN;
  return { uniform, integer: (bound) => Math.floor(uniform() * bound), normal: uniform, state: () => [] };
}

function augmented(policy: string, images: tf.Tensor, draws: readonly number[]): Promise<Float32Array> {
  const state = diffAugment({ policy }).create();
  return tf.tidy(() => state.apply(images, () => scripted(draws))).data<'float32'>();
}

test.each([1, 3])('color on %i channels is the official code, step by step', async (channels) => {
  const images = randomImages([1, 3, 4, channels]);
  const [brightness, saturation, contrast] = [0.8, 0.9, 0.2];
  let pixels = Array.from({ length: 12 }, (_, k) => [
    ...images.dataSync().subarray(k * channels, (k + 1) * channels),
  ]);
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  pixels = pixels.map((pixel) => pixel.map((value) => value + brightness - 0.5));
  pixels = pixels.map((pixel) => {
    const middle = mean(pixel);
    return pixel.map((value) => (value - middle) * saturation * 2 + middle);
  });
  const middle = mean(pixels.flat());
  pixels = pixels.map((pixel) => pixel.map((value) => (value - middle) * (contrast + 0.5) + middle));
  const actual = await augmented('color', images, [brightness, saturation, contrast]);
  pixels.flat().forEach((value, k) => {
    expect(actual[k]).toBeCloseTo(value, 5);
  });
});

test('color leaves alpha alone, and alpha does not change the colors', async () => {
  const images = randomImages([1, 3, 4, 4]);
  const out = await augmented('color', images, [0.8, 0.9, 0.2]);
  const colors = await augmented('color', tf.slice(images, [0, 0, 0, 0], [1, 3, 4, 3]), [0.8, 0.9, 0.2]);
  const source = await images.data();
  for (let pixel = 0; pixel < 12; pixel++) {
    expect(out[4 * pixel + 3]).toBe(source[4 * pixel + 3]);
    for (let c = 0; c < 3; c++) expect(out[4 * pixel + c]).toBeCloseTo(colors[3 * pixel + c] ?? 0, 6);
  }
});

test('translation moves by up to an eighth of the side, each move as likely', async () => {
  const state = diffAugment({ policy: 'translation' }).create();
  const [height, width] = [16, 8];
  const places = Array.from({ length: height * width }, (_, k) => k + 1);
  const batch = 300;
  const images = tf.tile(tf.tensor4d(places, [1, height, width, 1]), [batch, 1, 1, 1]);
  const out = await tf.tidy(() => state.apply(images, streams)).data();
  const moves = new Map<string, number>();
  for (let image = 0; image < batch; image++) {
    // The pixel in the middle tells how far the image moved.
    const at = (height / 2) * width + width / 2;
    const from = (out[image * height * width + at] ?? 0) - 1;
    const move = `${Math.floor(at / width) - Math.floor(from / width)}, ${(at % width) - (from % width)}`;
    moves.set(move, (moves.get(move) ?? 0) + 1);
  }
  expect([...moves.keys()].sort()).toEqual(
    [-2, -1, 0, 1, 2].flatMap((y) => [-1, 0, 1].map((x) => `${y}, ${x}`)).sort(),
  );
  // 20 of each are expected; 5 deviations on either side.
  for (const count of moves.values()) expect(Math.abs(count - 20)).toBeLessThan(22);
});

test('cutout is half as high and wide, cut off at the border', async () => {
  const images = tf.ones([1, 8, 6, 1]);
  // The middle at (4, 3): rows 2-5, columns 2-4 (of a width of 3).
  const inside = await augmented('cutout', images, [0.5, 0.5]);
  const zeros = (rows: readonly number[], columns: readonly number[]) =>
    Array.from({ length: 48 }, (_, k) =>
      rows.includes(Math.floor(k / 6)) && columns.includes(k % 6) ? 0 : 1,
    );
  expect([...inside]).toEqual(zeros([2, 3, 4, 5], [2, 3, 4]));
  expect([...(await augmented('cutout', images, [0, 0]))]).toEqual(zeros([0, 1], [0, 1]));
  expect([...(await augmented('cutout', images, [0.999, 0.999]))]).toEqual(zeros([6, 7], [4, 5]));
});

test('the parts are done in the order of the policy', async () => {
  const images = randomImages([1, 8, 8, 3]);
  const first = await augmented('translation,cutout', images, [0.1, 0.1, 0.5, 0.5]);
  const second = await augmented('cutout,translation', images, [0.5, 0.5, 0.1, 0.1]);
  expect(first).not.toEqual(second);
  const moved = tf.tensor4d(await augmented('translation', images, [0.1, 0.1]), [1, 8, 8, 3]);
  expect(first).toEqual(await augmented('cutout', moved, [0.5, 0.5]));
});

test('every image has parameters of its own, a function of its stream', async () => {
  const images = tf.tile(randomImages([1, 8, 8, 3]), [2, 1, 1, 1]);
  const state = diffAugment().create();
  const out = await tf.tidy(() => state.apply(images, streams)).data();
  expect(out.subarray(0, 192)).not.toEqual(out.subarray(192));
  const second = tf.slice(images, 0, 1);
  const alone = await tf.tidy(() => state.apply(second, () => streams(1))).data();
  expect(alone).toEqual(out.slice(192));
});

test('what is no policy is refused by name', () => {
  expect(() => diffAugment({ policy: 'colour' })).toThrow(
    'diffAugment: policy: must be one of color, translation, cutout, got "colour"',
  );
  expect(() => diffAugment({ policy: 'color,color' })).toThrow('must have each name once, got "color,color"');
  expect(() => diffAugment({ policy: '' })).toThrow('must be one of');
  expect(() => diffAugment(JSON.parse('{"policy": 3}'))).toThrow('must be names joined by commas, got 3');
  expect(diffAugment({ policy: 'cutout, color' }).configuration.policy).toBe('cutout,color');
});
