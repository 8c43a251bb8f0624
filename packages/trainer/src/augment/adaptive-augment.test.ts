import '@tensorflow/tfjs-backend-cpu';
import { seededStream } from '@eigengan/core';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { adaptiveAugment } from '../index';
import { adaptiveTransforms, drawTransforms } from './adaptive-transforms';
import { isUnmoved } from './affine';
import { sameColours } from './colour-matrix';

beforeAll(() => tf.setBackend('cpu'));

const streams = (image: number) => seededStream(5, `${image}`);
const sides = { height: 16, width: 16 };

/** The share of images that a transform alone changes. */
function share(name: (typeof adaptiveTransforms)[number], p: number, draws = 800): number {
  let changed = 0;
  for (let image = 0; image < draws; image++) {
    const { move, colours } = drawTransforms(streams(image), { p, chosen: [name], sides });
    if (!isUnmoved(move) || colours.linear.some((value, k) => value !== sameColours.linear[k])) changed++;
    else if (colours.offset[0] !== 0) changed++;
  }
  return changed / draws;
}

test('at p 0 the images are what they were', async () => {
  const images = tf.randomNormal([4, 8, 8, 3], 0, 1, 'float32', 3);
  const state = adaptiveAugment().create();
  expect(state.logged).toEqual({ augment_p: 0 });
  expect(state.apply(images, streams)).toBe(images);
});

test.each(adaptiveTransforms)('%s is done to about a share p of the images', (name) => {
  // A flip, a turn or a move may be drawn that is none.
  const none = { flip: 1 / 2, lumaFlip: 1 / 2, quarterTurn: 1 / 4, translation: (1 / 4) ** 2 };
  const real = 1 - (Object.entries(none).find(([key]) => key === name)?.[1] ?? 0);
  for (const p of [0.2, 0.7]) {
    // 4 deviations of 800 draws are at most 0.071.
    expect(Math.abs(share(name, p) - p * real)).toBeLessThan(0.071);
  }
  expect(share(name, 1)).toBeGreaterThan(real - 0.071);
  expect(share(name, 0)).toBe(0);
});

test('a transform that is not chosen moves nothing else', () => {
  const draw = (chosen: (typeof adaptiveTransforms)[number][]) =>
    drawTransforms(streams(1), { p: 1, chosen, sides });
  expect(draw(['hue'])).not.toEqual(draw(['saturation']));
  expect(draw(['flip', 'hue']).colours).toEqual(draw(['hue']).colours);
});

test('images that are not square, of 1, 2 and 4 channels, go through', async () => {
  for (const channels of [1, 2, 4]) {
    const images = tf.ones([3, 4, 6, channels]);
    const out = tf.tidy(() => adaptiveAugment({ p: 1 }).create().apply(images, streams));
    expect(out.shape).toEqual(images.shape);
    const values = await out.data();
    if (channels === 1) continue;
    // Alpha was 1 everywhere, and is where bilinear weights add up to 1.
    for (let k = channels - 1; k < values.length; k += channels) expect(values[k]).toBeCloseTo(1, 6);
  }
});

test('parameters are a function of the image’s stream, wherever it is', async () => {
  const images = tf.randomNormal([3, 8, 8, 3], 0, 1, 'float32', 3);
  const state = adaptiveAugment({ p: 0.8 }).create();
  const together = await tf.tidy(() => state.apply(images, streams)).data();
  const last = tf.slice(images, 2, 1);
  const alone = await tf.tidy(() => state.apply(last, (image) => streams(image + 2))).data();
  expect(together.slice(2 * 192)).toEqual(alone);
});

describe('the heuristic', () => {
  test('raises p for a D that is sure of the reals, by the images over the speed, every 4th step', () => {
    const state = adaptiveAugment({ speed: 1000 }).create();
    const seen = Array.from({ length: 9 }, () => {
      state.observe(1, 25);
      return state.numbers.p;
    });
    expect(seen).toEqual([0, 0, 0, 0.1, 0.1, 0.1, 0.1, 0.2, 0.2]);
  });

  test('lowers p for one that is not', () => {
    const state = adaptiveAugment({ speed: 1000, interval: 1 }).create();
    state.observe(1, 500);
    state.observe(0.59, 125);
    expect(state.numbers.p).toBe(0.375);
    state.observe(0.61, 125);
    expect(state.numbers.p).toBe(0.5);
  });

  test('takes the mean over the images of the steps since p changed last', () => {
    const state = adaptiveAugment({ interval: 2, speed: 100 }).create();
    // (30 - 10) / 40 = 0.5 is below 0.6; the mean of steps, 0, too; without the second step it were 1.
    state.observe(1, 30);
    state.observe(-1, 10);
    expect(state.numbers.p).toBe(0);
    state.observe(1, 30);
    state.observe(-1, 5);
    // 25 / 35 = 0.71 is above, where the mean of the steps is 0.
    expect(state.numbers.p).toBe(0.35);
  });

  test('takes 500,000 images from 0 to 1 by default, and never leaves [0, 1]', () => {
    const state = adaptiveAugment().create();
    const rises = (steps: number, rt: number) => {
      for (let step = 0; step < steps; step++) {
        state.observe(rt, 1000);
        expect(state.numbers.p).toBeGreaterThanOrEqual(0);
        expect(state.numbers.p).toBeLessThanOrEqual(1);
      }
    };
    rises(8, 0);
    expect(state.numbers.p).toBe(0);
    rises(248, 0.7);
    expect(state.numbers.p).toBeCloseTo(0.496, 12);
    rises(400, 0.7);
    expect(state.numbers.p).toBe(1);
    rises(4, 0.5);
    expect(state.numbers.p).toBeCloseTo(0.992, 12);
  });

  test('stays where p is fixed', () => {
    const state = adaptiveAugment({ p: 0.3 }).create();
    for (let step = 0; step < 8; step++) state.observe(1, 1e6);
    expect(state.numbers).toEqual({ p: 0.3, steps: 0, images: 0, signs: 0 });
  });
});

test('options that break a rule are refused by name', () => {
  const refused = (options: object, message: string) =>
    expect(() => adaptiveAugment(options)).toThrow(`adaptiveAugment: ${message}`);
  refused({ p: 1.1 }, 'p: must be a finite number of at least 0 and of at most 1, got 1.1');
  refused({ p: 0.5, target: 0.6 }, 'target: must be absent when p is given, got 0.6');
  refused({ target: 2 }, 'target: must be');
  refused({ speed: 0 }, 'speed: must be a finite number above 0, got 0');
  refused({ interval: 0 }, 'interval: must be an integer of at least 1, got 0');
  refused({ transforms: ['flips'] }, 'transforms: must be one of flip,');
  refused({ transforms: 'flip' }, 'transforms: must be an array, got "flip"');
});

test('images it cannot take are refused', () => {
  expect(() => adaptiveAugment().check([null, 2])).toThrow(
    'adaptiveAugment: the discriminator must take images [height, width, channels] of 1 to 4 channels, got "[2]"',
  );
  expect(() => adaptiveAugment().check([null, 8, 8, 5])).toThrow('of 1 to 4 channels');
  adaptiveAugment().check([null, null, null, 3]);
});
