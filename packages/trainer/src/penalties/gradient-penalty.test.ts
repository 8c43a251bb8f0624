import '@tensorflow/tfjs-backend-cpu';
import { seededStream, type TensorRecord } from '@eigengan/core';
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-layers';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { lipschitz, oneCentred, type PenaltyContext, type PenaltyTerm, r1, r2, zeroCentred } from '../index';
import { wholeBatch } from '../phases/part';
import { goldenCases, goldenTensors, goldenValues, scalarValue, toTensor } from '../testing/fixtures';
import { penaltySamples } from './penalty-sample';

beforeAll(() => tf.setBackend('cpu'));

const kinds = { '0-gp': zeroCentred, '1-gp': oneCentred, lp: lipschitz };
const every: PenaltyTerm[] = [
  ...Object.values(kinds).flatMap((kind) => penaltySamples.map((at) => kind({ at }))),
  r1(),
  r2(),
];

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

  test('every penalty at every sample without draws of its own has the official value', async () => {
    const given = context({
      real: toTensor(tensors['inputs/x_real']),
      fake: toTensor(tensors['outputs/x_fake']),
      discriminate: officialCritic(tensors),
    });
    const alpha = () => toTensor(tensors['inputs/alpha']);
    for (const [mode, kind] of Object.entries(kinds)) {
      const { real, fake, line, both } = {
        real: kind({ at: 'real' }),
        fake: kind({ at: 'fake' }),
        line: kind({ at: 'line', alpha }),
        both: kind({ at: 'real+fake' }),
      };
      for (const [at, term] of Object.entries({ real, fake, line, 'real+fake': both })) {
        const value = await scalarValue(term.evaluate(given));
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
      fc.constantFrom(...penaltySamples),
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
        const relative = async (term: PenaltyTerm, expected: number) => {
          const value = await scalarValue(term.evaluate(given));
          expect(Math.abs(value - expected), term.name).toBeLessThan(1e-4 * (1 + expected));
        };
        await relative(zeroCentred({ at }), norm ** 2);
        await relative(oneCentred({ at }), (norm - 1) ** 2);
        await relative(lipschitz({ at }), Math.max(0, norm - 1) ** 2);
        await relative(r1(), norm ** 2);
        await relative(r2(), norm ** 2);
      },
    ),
    { numRuns: 30 },
  );
});

test.each(every)('the gradient of $name is its finite difference', async ({ evaluate }) => {
  const real = tf.randomNormal([3, 5], 0, 1, 'float32', 11);
  const fake = tf.randomNormal([3, 5], 0, 1, 'float32', 12);
  const second = tf.randomNormal([4, 1], 0, 1, 'float32', 13);
  const start = await tf.randomNormal([20], 0, 1, 'float32', 14).data();
  const loss = (weights: tf.Tensor) =>
    evaluate(
      context({
        real,
        fake,
        discriminate: (x) => tf.matMul(tf.softplus(tf.matMul(x, tf.reshape(weights, [5, 4]))), second),
      }),
    );
  const gradient = await tf.grad(loss)(tf.tensor1d(start)).data();
  const scale = Math.hypot(...gradient);
  expect(scale).toBeGreaterThan(0.01);
  for (const i of [0, 7, 19]) {
    const moved = (by: number) => scalarValue(loss(tf.tensor1d(start.map((w, j) => (j === i ? w + by : w)))));
    const difference = ((await moved(0.005)) - (await moved(-0.005))) / 0.01;
    expect(Math.abs((gradient[i] ?? 0) - difference)).toBeLessThan(5e-3 * scale + 1e-4);
  }
});

test.each(every)('$name of a critic without slope is finite, as are its gradients', async ({ evaluate }) => {
  const loss = (weights: tf.Tensor) =>
    evaluate(
      context({
        real: tf.ones([2, 3]),
        fake: tf.zeros([2, 3]),
        discriminate: (x) => tf.sum(tf.mul(x, weights), 1),
      }),
    );
  expect(await scalarValue(loss(tf.zeros([3])))).toSatisfy(Number.isFinite);
  const gradient = await tf
    .grad(loss)(tf.zeros([3]))
    .data();
  expect([...gradient].map(Math.abs)).toEqual([0, 0, 0]);
});

test('R1 and R2 are the zero-centred penalty of weight gamma / 2 at the reals and at the fakes', async () => {
  const given = context({
    real: tf.fill([2, 3], 2),
    fake: tf.fill([2, 3], 5),
    discriminate: (x) => tf.mul(0.5, tf.sum(tf.square(x), 1)),
  });
  for (const [term, at, value] of [
    [r1({ gamma: 3, interval: 16 }), 'real', 12],
    [r2({ gamma: 3, interval: 16 }), 'fake', 75],
  ] as const) {
    const { evaluate, name, configuration, ...shared } = term;
    const same = zeroCentred({ at, weight: 1.5, interval: 16 });
    expect(same).toMatchObject(shared);
    expect(await scalarValue(evaluate(given))).toBe(value);
    expect(await scalarValue(same.evaluate(given))).toBe(value);
    expect(configuration).toEqual({ kind: name, gamma: 3, interval: 16 });
  }
});

test('bad settings are refused with the value', () => {
  expect(() => zeroCentred({ at: 'real', weight: 0 })).toThrow(
    'zeroCentred: weight: must be a finite number above 0, got 0',
  );
  expect(() => lipschitz({ at: 'real', interval: 0.5 })).toThrow('lipschitz: interval');
  // @ts-expect-error not a sample
  expect(() => oneCentred({ at: 'lines' })).toThrow('Did you mean "line"?');
  expect(() => oneCentred({ at: 'dragan-real', alpha: () => tf.scalar(1) })).toThrow(
    'oneCentred: alpha: must go with at: \'line\', got "dragan-real"',
  );
  expect(() => r1({ gamma: -1 })).toThrow('r1: gamma: must be a finite number above 0, got -1');
  expect(() => r2({ interval: 0 })).toThrow('r2: interval: must be an integer of at least 1, got 0');
});
