import '@tensorflow/tfjs-backend-cpu';
import { fillUniform, seededStream } from '@eigengan/core';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, expect, test } from 'vitest';
import { channelMapOf, mapChannels } from './channel-map';
import {
  afterColours,
  brightened,
  type ColourMap,
  contrasted,
  hueTurned,
  lumaFlipped,
  sameColours,
  saturated,
} from './colour-matrix';

beforeAll(() => tf.setBackend('cpu'));

const colour = [0.5, -0.25, 0.125];
const mean = 0.125;

/** What becomes of one pixel. */
async function mapped(map: ColourMap, pixel: readonly number[]): Promise<number[]> {
  const image = tf.tensor4d([...pixel], [1, 1, 1, pixel.length]);
  return [...(await tf.tidy(() => mapChannels(image, [channelMapOf(map, pixel.length)])).data())];
}

const close = (actual: readonly number[], expected: readonly number[]) => {
  expect(actual).toHaveLength(expected.length);
  expected.forEach((value, k) => {
    expect(actual[k]).toBeCloseTo(value, 6);
  });
};

test('each transform of a color is what it says', async () => {
  expect(await mapped(sameColours, colour)).toEqual(colour);
  close(
    await mapped(brightened(0.25), colour),
    colour.map((value) => value + 0.25),
  );
  close(
    await mapped(contrasted(2), colour),
    colour.map((value) => 2 * value),
  );
  // The mean turns round, the distance to it stays.
  close(
    await mapped(lumaFlipped, colour),
    colour.map((value) => value - mean - mean),
  );
  close(await mapped(saturated(0), colour), [mean, mean, mean]);
  close(
    await mapped(saturated(3), colour),
    colour.map((value) => mean + 3 * (value - mean)),
  );
});

test('a third of a turn of the hue makes red green, green blue and blue red', async () => {
  const [red = 0, green = 0, blue = 0] = colour;
  close(await mapped(hueTurned((2 * Math.PI) / 3), colour), [blue, red, green]);
});

test('a turn of the hue keeps grey, and turns the distance from it by the angle', async () => {
  const angle = 0.6;
  close(await mapped(hueTurned(angle), [0.3, 0.3, 0.3]), [0.3, 0.3, 0.3]);
  const distance = (pixel: readonly number[]) => pixel.map((value) => value - mean);
  const [before, after] = [distance(colour), distance(await mapped(hueTurned(angle), colour))];
  const dot = (a: readonly number[], b: readonly number[]) =>
    a.reduce((sum, value, k) => sum + value * (b[k] ?? 0), 0);
  expect(dot(after, after)).toBeCloseTo(dot(before, before), 6);
  expect(dot(before, after) / dot(before, before)).toBeCloseTo(Math.cos(angle), 6);
});

test('a map after another is the two one after the other', async () => {
  const steps = [brightened(0.3), contrasted(1.5), hueTurned(2), saturated(0.4), lumaFlipped];
  let pixel = colour;
  for (const step of steps) pixel = await mapped(step, pixel);
  close(await mapped(steps.reduce(afterColours), colour), pixel);
});

test('grey images take what grey colors of three channels do', async () => {
  const map = [brightened(0.3), contrasted(1.5), hueTurned(2), saturated(0.4), lumaFlipped].reduce(
    afterColours,
  );
  const [red = 0] = await mapped(map, [0.7, 0.7, 0.7]);
  close(await mapped(map, [0.7]), [red]);
  close(await mapped(map, [0.7, 0.5]), [red, 0.5]);
});

test('alpha keeps its bits', async () => {
  const alpha = Math.fround(0.3);
  const map = afterColours(hueTurned(2), brightened(0.5));
  const [red = 0, green = 0, blue = 0, last] = await mapped(map, [...colour, alpha]);
  expect(last).toBe(alpha);
  expect([red, green, blue]).toEqual(await mapped(map, colour));
});

test('each image has its own map, and one with none keeps its bits beside others', async () => {
  const values = fillUniform(seededStream(1, 'colors'), new Float32Array(2 * 3 * 5 * 3), { min: -1, max: 1 });
  const images = tf.tensor4d(values, [2, 3, 5, 3]);
  const out = await mapChannels(images, [channelMapOf(hueTurned(1), 3), channelMapOf(sameColours, 3)]).data();
  expect(out.subarray(45)).toEqual(values.subarray(45));
  expect(out.subarray(0, 45)).not.toEqual(values.subarray(0, 45));
});
