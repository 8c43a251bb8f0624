import '@tensorflow/tfjs-backend-cpu';
import { seededStream, type TensorRecord } from '@eigengan/core';
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-layers';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { lipschitz, oneCentred, type PenaltyContext, type PenaltySample, zeroCentred } from '../index';
import { wholeBatch } from '../phases/part';
import { goldenCases, goldenTensors, goldenValues, scalarValue, toTensor } from '../testing/fixtures';

beforeAll(() => tf.setBackend('cpu'));

const kinds = { '0-gp': zeroCentred, '1-gp': oneCentred, lp: lipschitz };
const samples: PenaltySample[] = ['real', 'fake', 'line', 'real+fake'];

function context(parts: Pick<PenaltyContext, 'real' | 'fake' | 'discriminate'>): PenaltyContext {
  const [batch = 0] = parts.real.shape;
  return { part: wholeBatch(batch), random: seededStream(1, 'penalty'), step: 0, ...parts };
}

/** The official discriminator, written out on a fixture's weights; leaky ReLU made of relu. */
function officialCritic(tensors: Record<string, TensorRecord>): (images: tf.Tensor) => tf.Tensor {
  const weight = (name: string) => toTensor(tensors[`weights/D/${name}`]);
  const convolutions = Object.keys(tensors).filter((key) =>
    /^weights\/D\/convolution.*weights$/.test(key),
  ).length;
  const leaky = (x: tf.Tensor) => tf.sub(tf.relu(x), tf.mul(0.2, tf.relu(tf.neg(x))));
  return (images) => {
    let x = images as tf.Tensor4D;
    for (let i = 0; i < convolutions; i++) {
      const name = i === 0 ? 'convolution' : `convolution_${i}`;
      const stride = i > 0 && i % 2 === 0 ? 2 : 1;
      const kernel = weight(`${name}/weights`) as tf.Tensor4D;
      x = leaky(tf.add(tf.conv2d(x, kernel, stride, 'same'), weight(`${name}/biases`))) as tf.Tensor4D;
    }
    const flat = tf.reshape(x, [x.shape[0], -1]);
    const dense = (input: tf.Tensor, name: string) =>
      tf.add(tf.matMul(input, weight(`${name}/weights`)), weight(`${name}/biases`));
    return dense(leaky(dense(flat, 'fully_connected')), 'fully_connected_1');
  };
}

describe.each(goldenCases)('on the discriminator of %s', (name) => {
  const golden = goldenValues(name).gradient_penalties;
  const tensors = goldenTensors(name);

  test('every penalty at every sample has the official value', async () => {
    const given = context({
      real: toTensor(tensors['inputs/x_real']),
      fake: toTensor(tensors['outputs/x_fake']),
      discriminate: officialCritic(tensors),
    });
    const alpha = () => toTensor(tensors['inputs/alpha']);
    for (const [mode, kind] of Object.entries(kinds)) {
      for (const at of samples) {
        const value = await scalarValue(kind({ at, alpha }).evaluate(given));
        const expected = golden[mode]?.[at] ?? Number.NaN;
        expect(Math.abs(value - expected), `${mode} at ${at}`).toBeLessThan(1e-4 * Math.max(expected, 1e-2));
      }
    }
  });
});

test('a linear critic has the closed forms, whatever the batch and the channels', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 5 }),
      fc.integer({ min: 1, max: 4 }),
      fc.constantFrom(...samples),
      fc.double({ min: 0.05, max: 3, noNaN: true }),
      async (batch, channels, at, scale) => {
        const shape = [batch, 3, 2, channels];
        const slope = tf.randomNormal(shape.slice(1), 0, scale, 'float32', 5);
        const norm = Math.hypot(...(await slope.data()));
        const given = context({
          real: tf.randomNormal(shape, 0, 1, 'float32', 1),
          fake: tf.randomNormal(shape, 0, 1, 'float32', 2),
          discriminate: (x) => tf.sum(tf.mul(x, slope), [1, 2, 3]),
        });
        const relative = (value: number, expected: number) =>
          expect(Math.abs(value - expected)).toBeLessThan(1e-4 * (1 + expected));
        relative(await scalarValue(zeroCentred({ at }).evaluate(given)), norm ** 2);
        relative(await scalarValue(oneCentred({ at }).evaluate(given)), (norm - 1) ** 2);
        relative(await scalarValue(lipschitz({ at }).evaluate(given)), Math.max(0, norm - 1) ** 2);
      },
    ),
    { numRuns: 30 },
  );
});

test('the gradient of each penalty is its finite difference', async () => {
  const real = tf.randomNormal([3, 5], 0, 1, 'float32', 11);
  const fake = tf.randomNormal([3, 5], 0, 1, 'float32', 12);
  const second = tf.randomNormal([4, 1], 0, 1, 'float32', 13);
  const start = await tf.randomNormal([20], 0, 1, 'float32', 14).data();
  for (const kind of Object.values(kinds)) {
    for (const at of samples) {
      const loss = (weights: tf.Tensor) =>
        kind({ at }).evaluate(
          context({
            real,
            fake,
            discriminate: (x) => tf.matMul(tf.softplus(tf.matMul(x, tf.reshape(weights, [5, 4]))), second),
          }),
        );
      const gradient = await tf.grad(loss)(tf.tensor1d(start)).data();
      const scale = Math.hypot(...gradient);
      for (const i of [0, 7, 19]) {
        const moved = (by: number) =>
          scalarValue(loss(tf.tensor1d(start.map((w, j) => (j === i ? w + by : w)))));
        const difference = ((await moved(0.005)) - (await moved(-0.005))) / 0.01;
        expect(Math.abs((gradient[i] ?? 0) - difference)).toBeLessThan(5e-3 * scale + 1e-4);
      }
    }
  }
});

test('a critic without slope gives finite values and finite gradients', async () => {
  for (const kind of Object.values(kinds)) {
    const loss = (weights: tf.Tensor) =>
      kind({ at: 'real' }).evaluate(
        context({
          real: tf.ones([2, 3]),
          fake: tf.zeros([2, 3]),
          discriminate: (x) => tf.sum(tf.mul(x, weights), 1),
        }),
      );
    expect(Number.isFinite(await scalarValue(loss(tf.zeros([3]))))).toBe(true);
    expect(
      [
        ...(await tf
          .grad(loss)(tf.zeros([3]))
          .data()),
      ].map(Math.abs),
    ).toEqual([0, 0, 0]);
  }
});

test('the line draws one alpha an image from the stream alone', async () => {
  const seen: tf.Tensor[] = [];
  const given = () =>
    context({
      real: tf.zeros([4, 2, 2, 1]),
      fake: tf.ones([4, 2, 2, 1]),
      discriminate: (x) => {
        seen.push(tf.keep(tf.clone(x)));
        return tf.sum(tf.square(x), [1, 2, 3]);
      },
    });
  const before = await scalarValue(zeroCentred({ at: 'line' }).evaluate(given()));
  expect(await scalarValue(zeroCentred({ at: 'line' }).evaluate(given()))).toBe(before);
  const alphas = await (seen[0] ?? tf.zeros([1])).data();
  for (let image = 0; image < 4; image++) {
    const own = alphas.slice(image * 4, image * 4 + 4);
    expect(new Set(own).size).toBe(1);
    expect(own[0]).toBeGreaterThan(0);
    expect(own[0]).toBeLessThan(1);
  }
  expect(new Set(alphas).size).toBe(4);
});

test('bad settings are refused with the value', () => {
  expect(() => zeroCentred({ at: 'real', weight: 0 })).toThrow(
    'zeroCentred: weight: must be a finite number above 0, got 0',
  );
  expect(() => lipschitz({ at: 'real', interval: 0.5 })).toThrow('lipschitz: interval');
  // @ts-expect-error not a sample
  expect(() => oneCentred({ at: 'lines' })).toThrow('Did you mean "line"?');
});
