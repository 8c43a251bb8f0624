import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { repairGradients } from '../repair-gradients';
import { expectAgreement, normals } from './agreement.testing';
import { registerWasmKernels } from './register-wasm-kernels';
import { enableSimd } from './simd-module';

beforeAll(() => {
  repairGradients();
  registerWasmKernels();
});

const shapes = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 4 });

describe('leakyRelu on wasm', () => {
  test('agrees with cpu for any shape, and slopes above 1', () =>
    fc.assert(
      fc.asyncProperty(shapes, fc.double({ min: -0.5, max: 2, noNaN: true }), (shape, alpha) =>
        expectAgreement(() => tf.leakyRelu(normals('x', shape), alpha), 1e-6),
      ),
      { numRuns: 30, seed: 1 },
    ));

  test('takes integers as the stock kernel does', () =>
    expectAgreement(() => tf.leakyRelu(tf.tensor1d([-10, 0, 5], 'int32'), 0.2), 1e-6));
});

describe('the gradient of leakyRelu on wasm', () => {
  const gradient = (shape: number[], alpha: number) => () =>
    tf.grad((x) => tf.sum(tf.mul(tf.leakyRelu(x, alpha), normals('dy', shape))))(normals('x', shape));

  test.each([true, false])('agrees with cpu for any shape and slope, with SIMD: %j', (simd) =>
    fc.assert(
      fc
        .asyncProperty(shapes, fc.double({ min: -0.5, max: 2, noNaN: true }), async (shape, alpha) => {
          enableSimd(simd);
          await expectAgreement(gradient(shape, alpha), 1e-6);
        })
        .afterEach(() => enableSimd(true)),
      { numRuns: 20, seed: 1 },
    ),
  );

  test('is the slope of the smaller side at zero', () =>
    expectAgreement(() => tf.grad((x) => tf.leakyRelu(x, 0.25))(tf.tensor1d([0, -0, 1, -1, 0]))));

  test('is one kernel, and so is its own gradient', async () => {
    await tf.setBackend('wasm');
    const [x, dy] = [tf.tensor1d([1, -1]), tf.tensor1d([2, 3])];
    const gradient = (by: tf.Tensor) => tf.grad((t) => tf.leakyRelu(t, 0.25))(x, by);
    const { result, kernels } = await tf.profile(() => tf.grad((by) => tf.sum(gradient(by)))(dy));
    expect([...(result as tf.Tensor).dataSync()]).toEqual([1, 0.25]);
    const names = kernels.map(({ name }) => name);
    expect(names.filter((name) => name === 'LeakyReluGrad')).toHaveLength(2);
    expect(names).not.toContain('Step');
    tf.dispose([x, dy, result]);
  });
});

describe('add on wasm', () => {
  test('adds a bias to any tensor, from either side, with leading ones or without', () =>
    fc.assert(
      fc.asyncProperty(shapes, fc.nat(3), fc.nat(2), fc.boolean(), async (shape, axis, ones, swap) => {
        const row = shape.slice(Math.min(axis, shape.length - 1));
        const a = () => normals('a', shape);
        const b = () => normals('b', [...Array<number>(ones).fill(1), ...row]);
        await expectAgreement(() => (swap ? tf.add(b(), a()) : tf.add(a(), b())), 1e-6);
      }),
      { numRuns: 60, seed: 1 },
    ));

  test('leaves integers and other broadcasts to the stock kernel', async () => {
    await expectAgreement(() => tf.add(tf.ones([2, 3, 8], 'int32'), tf.range(0, 8, 1, 'int32')));
    await expectAgreement(() => tf.add(normals('a', [2, 1, 8]), normals('b', [3, 8])));
    await expectAgreement(() => tf.add(normals('a', [2, 3, 8]), normals('b', [3, 1])));
    await expectAgreement(() => tf.add(normals('a', [2, 3, 8]), normals('b', [1, 3, 1])));
  });
});

describe('tanh on wasm', () => {
  test('is within three units in the last place of the double-precision one', async () => {
    await tf.setBackend('wasm');
    const values = Float32Array.from(
      { length: 40_003 },
      (_, i) => (i - 20_000) * (i % 7 === 0 ? 1e-5 : 6e-4),
    );
    const actual = tf.tidy(() => tf.tanh(tf.tensor1d(values)).dataSync());
    const worst = values.reduce((largest, x, i) => {
      const expected = Math.tanh(x);
      const error = Math.abs(Number(actual[i]) - expected) / Math.max(Math.abs(expected), 1e-30);
      return Math.max(largest, Number.isNaN(error) ? Number.POSITIVE_INFINITY : error);
    }, 0);
    expect(worst).toBeLessThan(3 * 2 ** -23);
  });

  test('keeps what is not a number, signs and limits', async () => {
    await tf.setBackend('wasm');
    tf.tidy(() => {
      const { NaN: nan, POSITIVE_INFINITY: infinity } = Number;
      const limits = [nan, infinity, -infinity, 0, -0, 1e-30, 88, -1e30];
      expect([...tf.tanh(tf.tensor1d(limits)).dataSync()]).toEqual([
        nan,
        1,
        -1,
        0,
        -0,
        Math.fround(1e-30),
        1,
        -1,
      ]);
    });
  });
});

describe('cast on wasm', () => {
  test('shares the numbers of a tensor that has the type already, and converts others', async () => {
    await tf.setBackend('wasm');
    tf.tidy(() => {
      const x = tf.tensor1d([1.5, -2]);
      const same = tf.cast(x, 'float32');
      expect(same.dataId).toBe(x.dataId);
      x.dispose();
      expect([...same.dataSync()]).toEqual([1.5, -2]);
      expect([...tf.cast(same, 'int32').dataSync()]).toEqual([1, -2]);
      expect([...tf.cast(tf.tensor1d([3], 'int32'), 'float32').dataSync()]).toEqual([3]);
    });
  });
});

describe('sum on wasm', () => {
  test('sums over the first axes, and over any others, as cpu does', () =>
    fc.assert(
      fc.asyncProperty(
        shapes.chain((shape) => fc.tuple(fc.constant(shape), fc.subarray([...shape.keys()]))),
        fc.boolean(),
        ([shape, axes], keepDims) => expectAgreement(() => tf.sum(normals('x', shape), axes, keepDims), 1e-5),
      ),
      { numRuns: 60, seed: 1 },
    ));

  test('takes axes in any order, and negative ones', async () => {
    await expectAgreement(() => tf.sum(normals('x', [3, 4, 9]), [1, 0]));
    await expectAgreement(() => tf.sum(normals('x', [3, 4, 9]), [-3]));
  });

  test('loses little over many rows, where a running sum is off by 1.4', async () => {
    await tf.setBackend('wasm');
    tf.tidy(() => {
      const sums = tf.sum(tf.fill([100_000, 3], 0.1), 0).dataSync();
      for (const value of sums) expect(Math.abs(value - 10_000)).toBeLessThan(0.2);
    });
  });
});

describe('identity on wasm', () => {
  test('outlives the tensor it was made from, and the other way round', async () => {
    await tf.setBackend('wasm');
    const before = tf.engine().backend.numDataIds();
    const x = tf.tensor1d([1, 2, 3]);
    const first = tf.clone(x);
    x.dispose();
    expect(Array.from(first.dataSync())).toEqual([1, 2, 3]);
    const second = tf.clone(first);
    second.dispose();
    expect(Array.from(first.dataSync())).toEqual([1, 2, 3]);
    first.dispose();
    expect(tf.engine().backend.numDataIds()).toBe(before);
  });

  test('a variable made from a tensor keeps its values when another is assigned', async () => {
    await tf.setBackend('wasm');
    tf.tidy(() => {
      const start = tf.tensor1d([1, 2]);
      const variable = tf.variable(start);
      const copy = tf.clone(variable);
      variable.assign(tf.tensor1d([3, 4]));
      expect([start, copy, variable].map((t) => Array.from(t.dataSync()))).toEqual([
        [1, 2],
        [1, 2],
        [3, 4],
      ]);
      variable.dispose();
    });
  });
});
