import '@tensorflow/tfjs-backend-cpu';
import { useBackend } from '@eigengan/backends';
import { fillNormal, seededStream } from '@eigengan/core';
import * as tf from '@tensorflow/tfjs-core';
import { expect, test } from 'vitest';
import { type Augmentation, adaptiveAugment, diffAugment } from '../index';

const streams = (image: number) => seededStream(5, `${image}`);
const shape = [3, 5, 6, 3];
const size = 3 * 5 * 6 * 3;
const normal = (name: string) => tf.tensor(fillNormal(seededStream(1, name), new Float32Array(size)), shape);

/** A D that is no linear map: (w . x)^2 of what it sees. */
function judge(images: tf.Tensor, weights: tf.Tensor): tf.Scalar {
  return tf.sum(tf.square(tf.sum(tf.mul(images, weights), [1, 2, 3])));
}

type Functions = Readonly<Record<'score' | 'penalty', (x: tf.Tensor, w: tf.Tensor) => tf.Scalar>>;

/** D's judgement of augmented images, and its gradient penalty before the augmentation. */
function functionsOf(augmentation: Augmentation): Functions {
  const state = augmentation.create();
  const score = (x: tf.Tensor, w: tf.Tensor) => judge(state.apply(x, streams), w);
  const penalty = (x: tf.Tensor, w: tf.Tensor) =>
    tf.sum<tf.Scalar>(tf.square(tf.grad((x) => score(x, w))(x)));
  return { score, penalty };
}

/** Of both functions, in the images and in D's weights. */
function gradientsOf({ score, penalty }: Functions, x: tf.Tensor, w: tf.Tensor): Promise<Float32Array[]> {
  const gradients = [...tf.grads(score)([x, w]), ...tf.grads(penalty)([x, w])];
  return Promise.all(gradients.map((gradient) => gradient.data<'float32'>())).finally(() =>
    tf.dispose(gradients),
  );
}

const cases = [diffAugment(), adaptiveAugment({ p: 1 }), adaptiveAugment({ p: 0.5 })];

test.each(cases)('$name: gradients agree with finite differences, twice too', async (augmentation) => {
  await useBackend('cpu', { selfTest: false });
  const functions = functionsOf(augmentation);
  const [x, w, v] = [normal('x'), normal('w'), normal('v')];
  const before = tf.memory().numTensors;
  const gradients = await gradientsOf(functions, x, w);
  expect(tf.memory().numTensors).toBe(before);
  // Five points make it exact for polynomials of degree 4, which these are.
  const differences = async (value: (moved: tf.Tensor) => tf.Scalar, at: tf.Tensor) => {
    const h = 0.25;
    const [twoDown = 0, down = 0, up = 0, twoUp = 0] = await tf
      .tidy(() => tf.stack([-2 * h, -h, h, 2 * h].map((t) => value(tf.add(at, tf.mul(v, t))))))
      .data();
    return (8 * (up - down) - (twoUp - twoDown)) / (12 * h);
  };
  const expected = [
    await differences((x) => functions.score(x, w), x),
    await differences((w) => functions.score(x, w), w),
    await differences((x) => functions.penalty(x, w), x),
    await differences((w) => functions.penalty(x, w), w),
  ];
  const direction = await v.data<'float32'>();
  gradients.forEach((gradient, k) => {
    const along = gradient.reduce((sum, value, i) => sum + value * (direction[i] ?? 0), 0);
    expect(Math.abs(along / (expected[k] ?? 0) - 1)).toBeLessThan(1e-4);
  });
});

test('wasm agrees with cpu in all of it', async () => {
  for (const augmentation of cases) {
    const functions = functionsOf(augmentation);
    await useBackend('cpu', { selfTest: false });
    const expected = await gradientsOf(functions, normal('x'), normal('w'));
    await useBackend('wasm', { selfTest: false });
    const actual = await gradientsOf(functions, normal('x'), normal('w'));
    expected.forEach((values, k) => {
      const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
      const error = values.reduce(
        (most, value, i) => Math.max(most, Math.abs(value - (actual[k]?.[i] ?? Number.NaN))),
        0,
      );
      expect(largest).toBeGreaterThan(0);
      expect(error / largest, augmentation.name).toBeLessThan(2e-5);
    });
  }
});
