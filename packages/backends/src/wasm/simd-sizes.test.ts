import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { type ConvolutionCase, computeOn, normals, outputShape } from './agreement.testing';
import { registerWasmKernels } from './register-wasm-kernels';
import { enableSimd, usesSimd } from './simd-module';

/** Sizes of a GAN's layers, where images come in several groups, and some that leave remainders. */
const cases: readonly ConvolutionCase[] = [
  { x: [32, 4, 4, 128], filter: [3, 3, 128, 64], strides: [1, 1], pad: 'same' },
  { x: [33, 8, 8, 20], filter: [3, 3, 20, 44], strides: [2, 2], pad: 'same' },
  { x: [5, 32, 32, 3], filter: [7, 7, 3, 16], strides: [1, 1], pad: 'same' },
  { x: [5, 32, 32, 16], filter: [7, 7, 16, 3], strides: [1, 1], pad: 'same' },
  { x: [7, 16, 16, 32], filter: [1, 1, 32, 12], strides: [1, 1], pad: 'same' },
  { x: [2, 61, 47, 6], filter: [4, 5, 6, 9], strides: [3, 2], pad: 'valid' },
  { x: [1, 96, 70, 5], filter: [3, 3, 5, 1], strides: [1, 1], pad: 1 },
];

const operations: Readonly<Record<string, (c: ConvolutionCase) => tf.Tensor>> = {
  convolution: (c) =>
    tf.conv2d(normals('x', c.x) as tf.Tensor4D, normals('filter', c.filter) as tf.Tensor4D, c.strides, c.pad),
  'filter gradient': (c) =>
    tf
      .engine()
      .runKernel(
        tf.Conv2DBackpropFilter,
        { x: normals('x', c.x), dy: normals('dy', outputShape(c)) },
        { strides: c.strides, pad: c.pad, dataFormat: 'NHWC', filterShape: [...c.filter] },
      ) as tf.Tensor,
  'input gradient': (c) =>
    tf
      .engine()
      .runKernel(
        tf.Conv2DBackpropInput,
        { dy: normals('dy', outputShape(c)), filter: normals('filter', c.filter) },
        { strides: c.strides, pad: c.pad, dataFormat: 'NHWC', inputShape: [...c.x] },
      ) as tf.Tensor,
};

beforeAll(async () => {
  registerWasmKernels();
  await tf.setBackend('wasm');
  expect(usesSimd()).toBe(true);
});

describe.each(Object.entries(operations))('the SIMD %s', (_, operation) => {
  test.each(cases)('agrees with the composed one for x $x, filter $filter, strides $strides', async (c) => {
    const actual = await computeOn('wasm', () => operation(c));
    enableSimd(false);
    const expected = await computeOn('wasm', () => operation(c)).finally(() => enableSimd(true));
    const scale = expected.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0);
    expect(actual.length).toBe(expected.length);
    expect(actual.every((value, i) => Math.abs(value - Number(expected[i])) <= 1e-5 * scale)).toBe(true);
  });
});

test('the SIMD kernels stay right after the memory has grown', async () => {
  const [c] = cases;
  const convolution = operations.convolution;
  if (c === undefined || convolution === undefined) throw new Error('no case');
  const before = await computeOn('wasm', () => convolution(c));
  const big = tf.zeros([16 * 1024 * 1024]);
  expect(await computeOn('wasm', () => convolution(c))).toEqual(before);
  big.dispose();
});
