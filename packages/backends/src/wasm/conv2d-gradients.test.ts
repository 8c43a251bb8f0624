import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { repairGradients } from '../repair-gradients';
import {
  type ConvolutionCase,
  convolutionCases,
  expectAgreement,
  normals,
  outputShape,
} from './agreement.testing';
import { registerWasmKernels } from './register-wasm-kernels';
import { enableSimd, usesSimd } from './simd-module';

const runs = { numRuns: 80, seed: 1 };

const filterGradient = (c: ConvolutionCase) =>
  tf
    .engine()
    .runKernel(
      tf.Conv2DBackpropFilter,
      { x: normals('x', c.x), dy: normals('dy', outputShape(c)) },
      { strides: c.strides, pad: c.pad, dataFormat: 'NHWC', filterShape: [...c.filter] },
    ) as tf.Tensor;

const inputGradient = (c: ConvolutionCase) =>
  tf
    .engine()
    .runKernel(
      tf.Conv2DBackpropInput,
      { dy: normals('dy', outputShape(c)), filter: normals('filter', c.filter) },
      { strides: c.strides, pad: c.pad, dataFormat: 'NHWC', inputShape: [...c.x] },
    ) as tf.Tensor;

/** The gradient in the filter of `sum((d sum(leakyRelu(conv(x)))/dx)^2)`. */
const penaltyGradient = (c: ConvolutionCase) =>
  tf.grad((w) => {
    const critic = (x: tf.Tensor) =>
      tf.sum(
        tf.mul(
          tf.leakyRelu(tf.conv2d(x as tf.Tensor4D, w as tf.Tensor4D, c.strides, c.pad), 0.2),
          normals('head', outputShape(c)),
        ),
      );
    return tf.sum(tf.square(tf.grad(critic)(normals('x', c.x))));
  })(normals('filter', c.filter));

beforeAll(() => {
  repairGradients();
  registerWasmKernels();
});

describe.each([
  ['SIMD', true],
  ['composed', false],
] as const)('the %s gradients of conv2d on wasm', (_, simd) => {
  beforeAll(async () => {
    enableSimd(simd);
    await tf.setBackend('wasm');
    expect(usesSimd()).toBe(simd);
  });

  afterAll(() => {
    enableSimd(true);
  });

  test('the filter gradient agrees with cpu for any shape, stride and padding', () =>
    fc.assert(
      fc.asyncProperty(convolutionCases, (c) => expectAgreement(() => filterGradient(c))),
      runs,
    ));

  test('the input gradient agrees with cpu for any shape, stride and padding', () =>
    fc.assert(
      fc.asyncProperty(convolutionCases, (c) => expectAgreement(() => inputGradient(c))),
      runs,
    ));

  test('the gradient of a gradient penalty agrees with cpu', () =>
    fc.assert(
      fc.asyncProperty(convolutionCases, (c) => expectAgreement(() => penaltyGradient(c))),
      { ...runs, numRuns: 40 },
    ));

  test('conv2dTranspose doubles an image as cpu does, also in layers of a GAN', async () => {
    for (const [input, output] of [
      [3, 16],
      [16, 3],
      [32, 32],
    ] as const) {
      await expectAgreement(() =>
        tf.conv2dTranspose(
          normals('features', [4, 8, 8, input]) as tf.Tensor4D,
          normals('filter', [3, 3, output, input]) as tf.Tensor4D,
          [4, 16, 16, output],
          2,
          'same',
        ),
      );
    }
  });

  test('the input gradient still takes channels first, from the stock kernel', async () => {
    await tf.setBackend('wasm');
    tf.tidy(() => {
      const dy = normals('dy', [2, 4, 5, 6]) as tf.Tensor4D;
      const filter = normals('filter', [3, 3, 5, 6]);
      const attrs = { strides: [1, 1], pad: 'same' };
      const last = tf
        .engine()
        .runKernel(
          tf.Conv2DBackpropInput,
          { dy, filter },
          { ...attrs, dataFormat: 'NHWC', inputShape: [2, 4, 5, 5] },
        ) as tf.Tensor;
      const first = tf
        .engine()
        .runKernel(
          tf.Conv2DBackpropInput,
          { dy: tf.transpose(dy, [0, 3, 1, 2]), filter },
          { ...attrs, dataFormat: 'NCHW', inputShape: [2, 5, 4, 5] },
        ) as tf.Tensor;
      const difference = tf.max(tf.abs(tf.sub(last, tf.transpose(first, [0, 2, 3, 1]))));
      expect(difference.dataSync()[0]).toBeLessThan(1e-4);
    });
  });

  test('the filter gradient refuses channels first and says so', async () => {
    await tf.setBackend('wasm');
    tf.tidy(() => {
      const run = () =>
        tf
          .engine()
          .runKernel(
            tf.Conv2DBackpropFilter,
            { x: normals('x', [1, 2, 3, 3]), dy: normals('dy', [1, 2, 3, 3]) },
            { strides: 1, pad: 'same', dataFormat: 'NCHW', filterShape: [1, 1, 2, 2] },
          );
      expect(run).toThrow('Conv2DBackpropFilter on wasm: dataFormat must be NHWC, got "NCHW"');
    });
  });
});
