import { useBackend } from '@eigengan/backends';
import { type AdamKernelAttributes, fillNormal, seededStream, updateKernels } from '@eigengan/core';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, expect, test } from 'vitest';
import { describeNative } from './describe-native';
import { executedOperations } from './executed-operations';

const normals = (name: string, count: number) => fillNormal(seededStream(0, name), new Float32Array(count));

type Weight = Readonly<Record<'weight' | 'm' | 'v' | 'gradient', tf.Tensor>>;

const weightOf = (shape: number[], numbers = numbersOf(tf.util.sizeFromShape(shape))): Weight => ({
  weight: tf.tensor(numbers.weight, shape),
  m: tf.tensor(numbers.m, shape),
  v: tf.tensor(numbers.v, shape),
  gradient: tf.tensor(numbers.gradient, shape),
});

const numbersOf = (count: number) => ({
  weight: normals('weight', count),
  m: normals('m', count),
  v: normals('v', count).map((value) => value * value),
  gradient: normals('gradient', count),
});

/** Weight, m and v after the formulas, in double precision. */
function expected(count: number, { beta1, beta2, epsilon, rate }: AdamKernelAttributes): number[][] {
  const { weight, m, v, gradient } = numbersOf(count);
  const results: number[][] = [[], [], []];
  for (const [i, g] of gradient.entries()) {
    const [w = 0, m0 = 0, v0 = 0] = [weight[i], m[i], v[i]];
    const [m1, v1] = [m0 + (1 - beta1) * (g - m0), v0 + (1 - beta2) * (g * g - v0)];
    [w - (rate * m1) / (Math.sqrt(v1) + epsilon), m1, v1].forEach((value, j) => {
      results[j]?.push(value);
    });
  }
  return results;
}

const byKernel = (inputs: Weight, attributes: AdamKernelAttributes) =>
  [tf.engine().runKernel(updateKernels.adam, { ...inputs }, { ...attributes })].flat() as tf.Tensor[];
const averaged = (average: tf.Tensor, source: tf.Tensor, rest: number) =>
  tf.engine().runKernel(updateKernels.movingAverage, { average, source }, { rest }) as tf.Tensor;
const numbers = (tensor: tf.Tensor | undefined) => [...(tensor?.dataSync() ?? [])];
/** Of numbers below one, the error. */
const relativeError = (actual: number, wanted: number) => Math.abs(actual - wanted) / (1 + Math.abs(wanted));
const settings = { beta1: 0.5, beta2: 0.99, epsilon: 1e-8, rate: 0.1 };

await describeNative('the one-pass updates of tensorflow', () => {
  beforeAll(() => useBackend('tensorflow'));

  test.each([
    [[], settings],
    [[7], { ...settings, beta1: 0 }],
    [[3, 3, 8, 5], { beta1: 0.9, beta2: 0.999, epsilon: 1e-3, rate: 1e-3 }],
    [[64, 2048], settings],
  ])('Adam follows its formulas, shape %j, %o', (shape, attributes) => {
    tf.tidy(() => {
      const wanted = expected(tf.util.sizeFromShape(shape), attributes);
      const results = byKernel(weightOf(shape), attributes);
      expect(results.map((result) => result.shape)).toEqual([shape, shape, shape]);
      for (const [i, result] of results.entries()) {
        // Decays in single precision: 1 - 0.999 is right to 1e-5 of itself.
        const worst = numbers(result).reduce(
          (most, x, j) => Math.max(most, relativeError(x, wanted[i]?.[j] ?? Number.NaN)),
          0,
        );
        expect(worst).toBeLessThan(2e-6);
      }
    });
  });

  test('without decay the first moment is the gradient to the last bit, whatever it was', () => {
    tf.tidy(() => {
      const inputs = { ...weightOf([5]), m: tf.fill([5], 1e9) };
      const [, m] = byKernel(inputs, { ...settings, beta1: 0 });
      expect(numbers(m)).toEqual(numbers(inputs.gradient));
    });
  });

  test('what others hold stays as it was: other tensors, and arrays that tensors were made of', () => {
    tf.tidy(() => {
      const arrays = numbersOf(5);
      const before = Object.values(arrays).map((array) => [...array]);
      const first = byKernel(weightOf([5], arrays), settings).map(numbers);
      expect(Object.values(arrays).map((array) => [...array])).toEqual(before);

      const shared = weightOf([5]);
      const copies = Object.values(shared).map((tensor) => tf.reshape(tf.clone(tensor), [1, 5]));
      expect(byKernel(shared, settings).map(numbers)).toEqual(first);
      expect(copies.map(numbers)).toEqual(before);

      const [average, source] = [tf.tensor1d([1, 2]), tf.tensor1d([3, 6])];
      const copy = tf.clone(average);
      expect(numbers(averaged(average, source, 0.25))).toEqual([1.5, 3]);
      expect([numbers(copy), numbers(source)]).toEqual([
        [1, 2],
        [3, 6],
      ]);
    });
  });

  test('what an update gave and others hold stays as it was, too, whatever was read before', () => {
    tf.tidy(() => {
      const { gradient } = weightOf([6]);
      const update = ([weight, m, v]: tf.Tensor[]) => {
        if (!weight || !m || !v) throw new Error('three tensors');
        return byKernel({ weight, m, v, gradient }, settings);
      };
      const { weight, m, v } = weightOf([6]);
      const first = update([weight, m, v]);
      const shapes = [
        [2, 3],
        [1, 6],
        [3, 2],
      ];
      const unread = first.map((tensor, i) => tf.reshape(tensor, shapes[i] ?? []));
      const copies = first.map((tensor) => tf.clone(tensor));
      const before = copies.map(numbers);
      const second = update(first).map(numbers);
      expect(second).not.toEqual(before);
      expect([copies, unread, first].map((tensors) => tensors.map(numbers))).toEqual([
        before,
        before,
        before,
      ]);
      // The same again from a tensor that was read, one that was not, and one that no update made.
      expect(update(copies).map(numbers)).toEqual(second);
      expect(update(unread.map((tensor) => tf.reshape(tensor, [6]))).map(numbers)).toEqual(second);
      expect(update(before.map((values) => tf.tensor1d(values))).map(numbers)).toEqual(second);
    });
  });

  test('one update of a weight after another assigns nothing but the gradient, and reads the weight alone', () => {
    tf.tidy(() => {
      const { gradient, ...start } = weightOf([6]);
      let results = byKernel({ ...start, gradient }, { ...settings, beta1: 0 });
      const run = executedOperations(() => {
        for (let step = 0; step < 2; step++) {
          const [weight, m, v] = results;
          if (!weight || !m || !v) throw new Error('three tensors');
          tf.neg(weight);
          results = byKernel({ weight, m, v, gradient }, { ...settings, beta1: 0 });
        }
      });
      const step = ['ReadVariableOp', 'Neg', 'AssignVariableOp', 'ResourceApplyAdam'];
      expect(run).toEqual([...step, ...step]);
    });
  });

  test('the variables of what is freed are used again', () => {
    const update = () => tf.tidy(() => void byKernel(weightOf([6]), settings));
    update();
    expect(executedOperations(update)).not.toContain('VarHandleOp');
  });

  test('variables take the results, step after step, and no tensor is left over', () => {
    const count = () => [
      tf.memory().numTensors,
      tf.memory().numDataBuffers,
      tf.engine().backend.numDataIds(),
    ];
    const before = count();
    const [weight, m, v, average] = [1, 0, 0, 1].map((value) =>
      tf.tidy(() => tf.variable(tf.fill([4], value))),
    );
    if (!weight || !m || !v || !average) throw new Error('four variables');
    const gradient = tf.ones([4]);
    let [w1, v1, a1] = [1, 0, 1];
    for (let step = 0; step < 5; step++) {
      tf.tidy(() => {
        const results = byKernel({ weight, m, v, gradient }, { ...settings, beta1: 0 });
        for (const [i, variable] of [weight, m, v].entries()) variable.assign(results[i] as tf.Tensor);
        average.assign(averaged(average, weight, 0.5));
      });
      v1 += 0.01 * (1 - v1);
      w1 -= 0.1 / (Math.sqrt(v1) + 1e-8);
      a1 += 0.5 * (w1 - a1);
    }
    for (const [variable, value] of [
      [weight, w1],
      [v, v1],
      [average, a1],
    ] as const) {
      for (const x of numbers(variable)) expect(x).toBeCloseTo(value, 5);
    }
    tf.dispose([weight, m, v, average, gradient]);
    expect(count()).toEqual(before);
  });

  test('moving averages have the very bits of their formula', () => {
    tf.tidy(() => {
      const [average, source] = ['average', 'source'].map((name) => tf.tensor1d(normals(name, 1000)));
      if (!average || !source) throw new Error('two tensors');
      const wanted = numbers(tf.add(average, tf.mul(0.005, tf.sub(source, average))));
      expect(numbers(averaged(average, source, 0.005))).toEqual(wanted);
    });
  });
});
