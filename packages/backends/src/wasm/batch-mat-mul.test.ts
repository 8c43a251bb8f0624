import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, test } from 'vitest';
import { expectAgreement, normals } from './agreement.testing';
import { registerWasmKernels } from './register-wasm-kernels';
import { enableSimd } from './simd-module';

beforeAll(() => {
  registerWasmKernels();
});

const activations = [undefined, 'linear', 'relu', 'relu6', 'elu', 'sigmoid', 'leakyrelu', 'prelu'] as const;
const size = fc.integer({ min: 1, max: 40 });

describe.each([
  ['SIMD', true],
  ['composed', false],
] as const)('%s matMul on wasm', (_, simd) => {
  beforeAll(() => {
    enableSimd(simd);
  });

  afterAll(() => {
    enableSimd(true);
  });

  test('agrees with cpu for any shape and transposition', () =>
    fc.assert(
      fc.asyncProperty(size, size, size, fc.boolean(), fc.boolean(), (n, m, k, transposeA, transposeB) =>
        expectAgreement(() =>
          tf.matMul(
            normals('a', transposeA ? [k, n] : [n, k]),
            normals('b', transposeB ? [m, k] : [k, m]),
            transposeA,
            transposeB,
          ),
        ),
      ),
      { numRuns: 80, seed: 1 },
    ));

  test('agrees with cpu as a dense layer has it, with a bias, an activation or neither', () =>
    fc.assert(
      fc.asyncProperty(
        size,
        size,
        size,
        fc.tuple(fc.boolean(), fc.boolean()),
        fc.boolean(),
        fc.constantFrom(...activations),
        (n, m, k, [transposeA, transposeB], biased, activation) =>
          expectAgreement(() =>
            tf.fused.matMul({
              a: normals('a', transposeA ? [k, n] : [n, k]),
              b: normals('b', transposeB ? [m, k] : [k, m]),
              transposeA,
              transposeB,
              ...(biased && { bias: normals('bias', [m]) }),
              ...(activation !== undefined && { activation }),
              ...(activation === 'leakyrelu' && { leakyreluAlpha: 0.3 }),
              ...(activation === 'prelu' && { preluActivationWeights: normals('alpha', [m]) }),
            }),
          ),
      ),
      { numRuns: 60 },
    ));

  test('agrees with cpu where more rows are summed than are taken at a time', () =>
    expectAgreement(() => tf.matMul(normals('a', [700, 5]), normals('b', [700, 9]), true)));

  test('agrees with cpu for batches of matrices, one of them repeated', () =>
    fc.assert(
      fc.asyncProperty(
        fc.constantFrom([3, 3], [3, 1], [1, 3]),
        fc.boolean(),
        fc.boolean(),
        ([i, j], tA, tB) =>
          expectAgreement(() =>
            tf.matMul(
              normals('a', [i as number, ...(tA ? [9, 13] : [13, 9])]),
              normals('b', [j as number, ...(tB ? [6, 9] : [9, 6])]),
              tA,
              tB,
            ),
          ),
      ),
      { numRuns: 12, seed: 1 },
    ));
});
