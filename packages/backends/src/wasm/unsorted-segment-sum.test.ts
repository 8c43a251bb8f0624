import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { expectAgreement, normals } from './agreement.testing';
import { registerWasmKernels } from './register-wasm-kernels';

beforeAll(() => {
  registerWasmKernels();
});

describe('unsortedSegmentSum on wasm', () => {
  test('sums rows by id and leaves out ids that have no segment', () =>
    expectAgreement(() =>
      tf.unsortedSegmentSum(normals('x', [6, 2, 3]), tf.tensor1d([2, 0, 2, -1, 7, 1], 'int32'), 4),
    ));

  test('makes the gradient of gather agree with cpu', () =>
    expectAgreement(() =>
      tf.grad((x) => tf.sum(tf.square(tf.gather(x, tf.tensor1d([1, 1, 3], 'int32'), 1))))(
        normals('x', [2, 4, 3]),
      ),
    ));

  test('refuses ids that are not one a row', async () => {
    await tf.setBackend('wasm');
    tf.tidy(() => {
      expect(() => tf.unsortedSegmentSum(normals('x', [3, 2]), tf.tensor1d([0, 1], 'int32'), 2)).toThrow(
        'segmentIds must have the shape [3], one id a row of x, got [2]',
      );
    });
  });
});
