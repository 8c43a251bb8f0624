import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { repairGradients } from '../repair-gradients';
import { computeOn, normals } from './agreement.testing';
import { deferred } from './deferred';
import { heapFloats, type TensorPlace, type WasmBackend } from './kernel';
import { registerWasmKernels } from './register-wasm-kernels';

let backend: WasmBackend;
let computed = 0;

const counts = () => [tf.memory().numTensors, tf.memory().numDataBuffers, tf.engine().backend.numDataIds()];

/** Twice `x`, when it is looked at. */
function twice(x: tf.Tensor): tf.Tensor {
  const info = deferred(backend, x.shape, { x }, ({ x }) => {
    computed++;
    const result = backend.makeOutput(x.shape, 'float32');
    const numbers = heapFloats(backend, x).map((value) => 2 * value);
    heapFloats(backend, result).set(numbers);
    return result;
  });
  return tf.engine().makeTensorFromTensorInfo(info);
}

beforeAll(async () => {
  repairGradients();
  registerWasmKernels();
  await tf.setBackend('wasm');
  backend = tf.backend() as unknown as WasmBackend;
});
beforeEach(() => {
  computed = 0;
});

describe('a deferred result', () => {
  test('is computed by the first kernel that takes it, and once', async () => {
    const before = counts();
    const x = tf.tensor1d([1, 2, 3]);
    const y = twice(x);
    expect(computed).toBe(0);
    const sum = tf.tidy(() => tf.add(tf.square(y), y));
    expect(computed).toBe(1);
    expect([...(await sum.data())]).toEqual([6, 20, 42]);
    tf.dispose([x, y, sum]);
    expect(counts()).toEqual(before);
  });

  test('is computed when it is read, also of inputs that are gone', async () => {
    const before = counts();
    const x = tf.tensor1d([1, 2, 3]);
    const y = twice(x);
    x.dispose();
    expect([...(await y.data())]).toEqual([2, 4, 6]);
    expect(y.dataSync()).toEqual(Float32Array.of(2, 4, 6));
    expect(computed).toBe(1);
    y.dispose();
    expect(counts()).toEqual(before);
  });

  test('is never computed when it is disposed of first, and lets go of its inputs', () => {
    const before = counts();
    tf.tidy(() => {
      const y = twice(tf.ones([4]));
      tf.reshape(tf.clone(y), [2, 2]);
    });
    expect(computed).toBe(0);
    expect(counts()).toEqual(before);
  });

  test('is computed once for all that share it', () => {
    const before = counts();
    const y = tf.tidy(() => tf.reshape(tf.clone(twice(tf.tensor1d([1, 2, 3, 4]))), [2, 2]));
    expect(y.arraySync()).toEqual([
      [2, 4],
      [6, 8],
    ]);
    expect(computed).toBe(1);
    y.dispose();
    expect(counts()).toEqual(before);
  });

  test('that another one is made of is computed with it', () => {
    const z = tf.tidy(() => twice(twice(tf.tensor1d([1, 2]))));
    expect(computed).toBe(0);
    expect(z.dataSync()).toEqual(Float32Array.of(4, 8));
    expect(computed).toBe(2);
    z.dispose();
  });

  test('keeps what a variable held when it was made, whatever is assigned later', () => {
    const variable = tf.variable(tf.tensor1d([1, 2]));
    const y = twice(variable);
    variable.assign(tf.tensor1d([5, 6]));
    expect(y.dataSync()).toEqual(Float32Array.of(2, 4));
    tf.dispose([variable, y]);
  });

  test('may grow the memory in the middle of an operation that has looked at its other inputs', () => {
    const megabytes = 96;
    const x = tf.ones([megabytes, 512, 512]);
    // Of the inner axis tfjs's own kernel holds views of all inputs at once.
    const joined = tf.tidy(() => tf.concat([tf.ones([megabytes, 512, 1]), twice(x)], 2));
    const last = tf.tidy(() => tf.slice(joined, [megabytes - 1, 511, 511], [1, 1, 2]));
    expect(last.dataSync()).toEqual(Float32Array.of(2, 2));
    expect(computed).toBe(1);
    tf.dispose([x, joined, last]);
  });
});

describe('the gradients that a fused convolution makes of everything', () => {
  const image = () => normals('x', [2, 8, 8, 3]) as tf.Tensor4D;
  const filter = () => normals('filter', [3, 3, 3, 5]) as tf.Tensor4D;
  const convolve = (x: tf.Tensor, w: tf.Tensor) =>
    tf.sum(tf.square(tf.fused.conv2d({ x: x as tf.Tensor4D, filter: w as tf.Tensor4D, strides: 1, pad: 1 })));

  test.each([
    ['the images', tf.Conv2DBackpropInput, () => tf.grad((x) => convolve(x, filter()))(image())],
    ['the filter', tf.Conv2DBackpropFilter, () => tf.grad((w) => convolve(image(), w))(filter())],
  ])('cost nothing but for %s, when only that is asked for', async (_, wanted, gradient) => {
    expect(await computedKernels(gradient)).toEqual([wanted]);
  });

  test('are right when all are asked for', async () => {
    const both = () => {
      const [dx, dw] = tf.grads(convolve)([image(), filter()]);
      return tf.concat([tf.reshape(dx as tf.Tensor, [-1]), tf.reshape(dw as tf.Tensor, [-1])]);
    };
    const [expected, actual] = [await computeOn('cpu', both), await computeOn('wasm', both)];
    for (const [i, value] of actual.entries()) expect(value).toBeCloseTo(expected[i] ?? Number.NaN, 2);
  });

  /** Those of the gradient kernels whose results have had a place in memory by the time they are freed. */
  async function computedKernels(compute: () => tf.Tensor): Promise<string[]> {
    const results: { kernelName: string; place: TensorPlace }[] = [];
    const restore = [tf.Conv2DBackpropInput, tf.Conv2DBackpropFilter].map((kernelName) => {
      const kernel = tf.getKernel(kernelName, 'wasm');
      const kernelFunc: tf.KernelFunc = (args) => {
        const info = kernel.kernelFunc(args) as tf.TensorInfo;
        results.push({ kernelName, place: backend.dataIdMap.get(info.dataId) });
        return info;
      };
      tf.unregisterKernel(kernelName, 'wasm');
      tf.registerKernel({ ...kernel, kernelFunc });
      return () => {
        tf.unregisterKernel(kernelName, 'wasm');
        tf.registerKernel(kernel);
      };
    });
    await computeOn('wasm', compute);
    for (const each of restore) each();
    expect(results).toHaveLength(2);
    return results.filter(({ place }) => place.id !== 0).map(({ kernelName }) => kernelName);
  }
});
