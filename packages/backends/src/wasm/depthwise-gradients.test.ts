import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { registerWasmKernels } from '../index';
import { expectAgreement, normals } from './agreement.testing';
import { enableSimd } from './simd-module';

beforeAll(() => {
  registerWasmKernels();
});
afterEach(() => enableSimd(true));

const size = fc.integer({ min: 1, max: 9 });
const window = fc.integer({ min: 1, max: 4 });
const stride = fc.integer({ min: 1, max: 3 });
const cases = fc.record({
  x: fc.tuple(fc.integer({ min: 1, max: 3 }), size, size, size),
  window: fc.tuple(window, window, fc.integer({ min: 1, max: 3 })),
  strides: fc.tuple(stride, stride),
  same: fc.boolean(),
});

describe.each([true, false])('gradients of a depthwise convolution on wasm, SIMD %j', (simd) => {
  const gradients = (name: 'x' | 'filter') =>
    fc.assert(
      fc.asyncProperty(cases, async ({ x, window: [height, width, many], strides, same }) => {
        enableSimd(simd);
        if (!same && (height > x[1] || width > x[2])) return;
        const filter = [height, width, x[3], many] as const;
        const convolve = (image: tf.Tensor, w: tf.Tensor) =>
          tf.depthwiseConv2d(image as tf.Tensor4D, w as tf.Tensor4D, strides, same ? 'same' : 'valid');
        await expectAgreement(() => {
          const [image, w] = [normals('x', x), normals('w', filter)];
          const dy = normals('dy', convolve(image, w).shape);
          return name === 'x'
            ? tf.grad((t) => tf.sum(tf.mul(convolve(t, w), dy)))(image)
            : tf.grad((t) => tf.sum(tf.mul(convolve(image, t), dy)))(w);
        }, 1e-5);
      }),
      { numRuns: 60, seed: 1 },
    );

  test('agree with cpu in the input', () => gradients('x'));
  test('agree with cpu in the filter', () => gradients('filter'));
});

describe('gradients of a dilated depthwise convolution on wasm', () => {
  test.each([true, false])('are those that its forward pass has, SIMD %j', async (simd) => {
    enableSimd(simd);
    await tf.setBackend('wasm');
    tf.tidy(() => {
      const [x, w] = [normals('x', [1, 6, 5, 3]) as tf.Tensor4D, normals('w', [2, 3, 3, 2]) as tf.Tensor4D];
      const convolve = (image: tf.Tensor4D, filter: tf.Tensor4D) =>
        tf.depthwiseConv2d(image, filter, 1, 'same', 'NHWC', [2, 1]);
      const dy = normals('dy', convolve(x, w).shape);
      const attributes = { strides: [1, 1], pad: 'same', dilations: [2, 1] };
      const run = (name: string, inputs: tf.NamedTensorMap, more: object) =>
        tf.engine().runKernel(name, inputs, { ...attributes, ...more }) as tf.Tensor;
      const dx = run(tf.DepthwiseConv2dNativeBackpropInput, { dy, filter: w }, { inputShape: x.shape });
      const dw = run(tf.DepthwiseConv2dNativeBackpropFilter, { x, dy }, { filterShape: w.shape });
      // Linear in each: <dx, v> = <dy, f(v)>.
      const inner = (a: tf.Tensor, b: tf.Tensor) => Number(tf.sum(tf.mul(a, b)).dataSync()[0]);
      for (let seed = 0; seed < 5; seed++) {
        const v = normals(`v${seed}`, x.shape) as tf.Tensor4D;
        const u = normals(`u${seed}`, w.shape) as tf.Tensor4D;
        expect(inner(dx, v)).toBeCloseTo(inner(dy, convolve(v, w)), 3);
        expect(inner(dw, u)).toBeCloseTo(inner(dy, convolve(x, u)), 3);
      }
    });
  });
});
