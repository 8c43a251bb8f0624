import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { beforeAll, describe, test } from 'vitest';
import { convolutionCases, expectAgreement, normals } from './agreement.testing';
import { registerWasmKernels } from './register-wasm-kernels';

beforeAll(() => {
  registerWasmKernels();
});

describe('conv2d on wasm', () => {
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

  test("is not zero with 'same' padding where the stride exceeds the filter", async () => {
    const x = () => normals('x', [1, 10, 1, 1]) as tf.Tensor4D;
    const filter = () => normals('filter', [1, 2, 1, 1]) as tf.Tensor4D;
    await expectAgreement(() => tf.conv2d(x(), filter(), 2, 'same'));
    await expectAgreement(() =>
      tf.fused.conv2d({ x: x(), filter: filter(), strides: 2, pad: 'same', activation: 'relu' }),
    );
  });
});
