import { type AdamKernelAttributes, updateKernels } from '@eigengan/core';
import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { computeOn, normals } from './agreement.testing';
import { registerWasmKernels } from './register-wasm-kernels';
import { enableSimd } from './simd-module';

beforeAll(() => {
  registerWasmKernels();
});
afterEach(() => enableSimd(true));

type Weight = Readonly<Record<'weight' | 'm' | 'v' | 'gradient', tf.Tensor>>;

const weightOf = (shape: readonly number[]): Weight => ({
  weight: normals('weight', shape),
  m: normals('m', shape),
  v: tf.square(normals('v', shape)),
  gradient: normals('gradient', shape),
});

/** Weight, m and v after the formulas of TensorFlow's Adam, one operation after the other. */
function composed({ weight, m, v, gradient }: Weight, a: AdamKernelAttributes): tf.Tensor[] {
  const first = a.beta1 === 0 ? gradient : tf.add(m, tf.mul(tf.sub(gradient, m), 1 - a.beta1));
  const second = tf.add(v, tf.mul(tf.sub(tf.square(gradient), v), 1 - a.beta2));
  const direction = tf.div(first, tf.add(tf.sqrt(second), a.epsilon));
  return [tf.sub(weight, tf.mul(a.rate, direction)), first, second];
}

function byKernel(inputs: Weight, attributes: AdamKernelAttributes): tf.Tensor[] {
  return [tf.engine().runKernel(updateKernels.adam, { ...inputs }, { ...attributes })].flat() as tf.Tensor[];
}

const average = (inputs: { average: tf.Tensor; source: tf.Tensor }, rest: number) =>
  tf.engine().runKernel(updateKernels.movingAverage, inputs, { rest }) as tf.Tensor;

const joined = (tensors: tf.Tensor[]) => tf.concat(tensors.map((tensor) => tf.reshape(tensor, [-1])));
const numbers = (tensors: tf.Tensor[]) => tensors.map((tensor) => [...tensor.dataSync()]);

const attributes: fc.Arbitrary<AdamKernelAttributes> = fc.record({
  beta1: fc.constantFrom(0, 0.5, 0.9),
  beta2: fc.constantFrom(0.99, 0.999),
  epsilon: fc.constantFrom(1e-8, 1e-3),
  rate: fc.double({ min: 1e-6, max: 1, noNaN: true }),
});
const shapes = fc.array(fc.integer({ min: 1, max: 9 }), { maxLength: 4 });

describe.each([true, false])('with SIMD: %j', (simd) => {
  test('an update of Adam has the very bits of its formulas on cpu', () =>
    fc.assert(
      fc.asyncProperty(shapes, attributes, async (shape, settings) => {
        enableSimd(simd);
        const expected = await computeOn('cpu', () => joined(composed(weightOf(shape), settings)));
        expect(await computeOn('wasm', () => joined(byKernel(weightOf(shape), settings)))).toEqual(expected);
      }),
      { numRuns: 30, seed: 1 },
    ));

  test('a step of a moving average has the very bits of its formula on cpu', () =>
    fc.assert(
      fc.asyncProperty(shapes, fc.double({ min: 0, max: 1, noNaN: true }), async (shape, rest) => {
        enableSimd(simd);
        const pair = () => ({ average: normals('average', shape), source: normals('source', shape) });
        const expected = await computeOn('cpu', () => {
          const { average, source } = pair();
          return tf.add(average, tf.mul(rest, tf.sub(source, average)));
        });
        expect(await computeOn('wasm', () => average(pair(), rest))).toEqual(expected);
      }),
      { numRuns: 20, seed: 1 },
    ));
});

const settings = { beta1: 0.5, beta2: 0.99, epsilon: 1e-8, rate: 0.1 };

test('the weight stays; moments are written in place where nothing else holds them', async () => {
  await tf.setBackend('wasm');
  tf.tidy(() => {
    const alone = weightOf([5]);
    const before = numbers([alone.weight]);
    const results = byKernel(alone, settings);
    const [weight, m, v] = results;
    expect([m?.dataId, v?.dataId]).toEqual([alone.m.dataId, alone.v.dataId]);
    expect(weight?.dataId).not.toEqual(alone.weight.dataId);
    expect(numbers([alone.weight])).toEqual(before);

    const shared = weightOf([5]);
    const copies = Object.values(shared).map((tensor) => tf.clone(tensor));
    const start = numbers(copies);
    expect(numbers(byKernel(shared, settings))).toEqual(numbers(results));
    expect(numbers(copies)).toEqual(start);
  });
});

test('an average that moved is seen by the convolutions that used it', async () => {
  await tf.setBackend('wasm');
  tf.tidy(() => {
    const x = tf.ones<tf.Rank.R4>([1, 1, 1, 1]);
    const variable = tf.variable(tf.ones<tf.Rank.R4>([1, 1, 1, 1]));
    const convolved = () => tf.conv2d(x, variable, 1, 'same').dataSync()[0];
    expect(convolved()).toBe(1);
    variable.assign(average({ average: variable, source: tf.zerosLike(variable) }, 0.5) as tf.Tensor4D);
    expect(convolved()).toBe(0.5);
    variable.dispose();
  });
});

test('without a first moment the gradient stays, and takes its place', async () => {
  await tf.setBackend('wasm');
  tf.tidy(() => {
    const inputs = weightOf([5]);
    const before = numbers([inputs.gradient]);
    const [, m] = byKernel(inputs, { ...settings, beta1: 0 });
    expect(m?.dataId).toBe(inputs.gradient.dataId);
    expect(numbers([inputs.gradient])).toEqual(before);
  });
});
