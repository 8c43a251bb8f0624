import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, test } from 'vitest';
import { convolutionCases, expectAgreement, normals } from './agreement.testing';
import { registerWasmKernels } from './register-wasm-kernels';
import { enableSimd } from './simd-module';

beforeAll(() => {
  registerWasmKernels();
});

describe.each([
  ['SIMD', true],
  ['stock', false],
] as const)('conv2d on wasm, %s', (_, simd) => {
  beforeAll(() => {
    enableSimd(simd);
  });

  afterAll(() => {
    enableSimd(true);
  });

  test('agrees with cpu for any shape, stride and padding', () =>
    fc.assert(
      fc.asyncProperty(convolutionCases, (c) =>
        expectAgreement(() =>
          tf.conv2d(
            normals('x', c.x) as tf.Tensor4D,
            normals('filter', c.filter) as tf.Tensor4D,
            c.strides,
            c.pad,
          ),
        ),
      ),
      { numRuns: 80, seed: 1 },
    ));

  test('agrees with cpu with a bias, with an activation and with dilation', async () => {
    const x = () => normals('x', [2, 7, 6, 5]) as tf.Tensor4D;
    const filter = () => normals('filter', [3, 3, 5, 11]) as tf.Tensor4D;
    const bias = () => normals('bias', [11]) as tf.Tensor1D;
    const options = { strides: 1, pad: 'same' } as const;
    await expectAgreement(() => tf.fused.conv2d({ x: x(), filter: filter(), bias: bias(), ...options }));
    await expectAgreement(() =>
      tf.fused.conv2d({
        x: x(),
        filter: filter(),
        bias: bias(),
        activation: 'leakyrelu',
        leakyreluAlpha: 0.2,
        ...options,
      }),
    );
    await expectAgreement(() => tf.conv2d(x(), filter(), 1, 'same', 'NHWC', 2));
  });

  test.each([
    [1, 1],
    [2, 1],
    [3, 2],
  ])(
    'agrees with cpu for %d channels out of sixteen and stride %d, gradient included',
    async (channels, stride) => {
      const x = () => normals('x', [2, 9, 6, 16]) as tf.Tensor4D;
      const bias = () => normals('bias', [channels]) as tf.Tensor1D;
      const down = () => normals('filter', [5, 3, 16, channels]) as tf.Tensor4D;
      await expectAgreement(() =>
        tf.fused.conv2d({ x: x(), filter: down(), bias: bias(), strides: stride, pad: 'same' }),
      );
      const up = () => normals('filter', [5, 3, channels, 16]) as tf.Tensor4D;
      await expectAgreement(() =>
        tf.conv2dTranspose(x(), up(), [2, 9 * stride, 6 * stride, channels], stride, 'same'),
      );
    },
  );

  test("is not zero with 'same' padding where the stride exceeds the filter", async () => {
    const x = () => normals('x', [1, 10, 1, 1]) as tf.Tensor4D;
    const filter = () => normals('filter', [1, 2, 1, 1]) as tf.Tensor4D;
    await expectAgreement(() => tf.conv2d(x(), filter(), 2, 'same'));
    await expectAgreement(() =>
      tf.fused.conv2d({ x: x(), filter: filter(), strides: 2, pad: 'same', activation: 'relu' }),
    );
  });
});
