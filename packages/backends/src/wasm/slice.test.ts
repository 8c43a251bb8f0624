import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { computeOn, expectAgreement, normals } from './agreement.testing';
import { registerWasmKernels } from './register-wasm-kernels';

beforeAll(() => {
  registerWasmKernels();
});

/** Some of the numbers below `length`, from one on. */
const part = (length: number) =>
  fc
    .tuple(fc.nat(length), fc.nat(length))
    .map(([a, b]) => ({ begin: Math.min(a, b), size: Math.abs(a - b) }));
const shapes = fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 5 });

test('slices are those of cpu, for any shape and part', () =>
  fc.assert(
    fc.asyncProperty(
      shapes.chain((shape) => fc.tuple(fc.constant(shape), fc.tuple(...shape.map(part)))),
      ([shape, parts]) =>
        expectAgreement(
          () =>
            tf.slice(
              normals('x', shape),
              parts.map(({ begin }) => begin),
              parts.map(({ size }) => size),
            ),
          0,
        ),
    ),
    { numRuns: 100 },
  ));

test('parts along an axis are those of cpu, and together the whole', () =>
  fc.assert(
    fc.asyncProperty(shapes, fc.nat(4), fc.nat(4), async (shape, some, first) => {
      const axis = some % shape.length;
      const length = shape[axis] ?? 0;
      const sizes = [first % (length + 1), length - (first % (length + 1))];
      for (const place of [0, 1]) {
        await expectAgreement(() => tf.split(normals('x', shape), sizes, axis)[place] as tf.Tensor, 0);
      }
      const whole = await computeOn('wasm', () =>
        tf.concat(tf.split(normals('x', shape), sizes, axis), axis),
      );
      expect(whole).toEqual(await computeOn('wasm', () => normals('x', shape)));
    }),
    { numRuns: 40 },
  ));

test.each(['int32', 'bool', 'string'] as const)('slices of %s are, too', async (dtype) => {
  await tf.setBackend('wasm');
  tf.tidy(() => {
    const numbers = [0, 1, 1, 0, 1, 0];
    const matrix = tf.tensor2d(
      (dtype === 'string' ? numbers.map(String) : numbers) as number[],
      [2, 3],
      dtype,
    );
    const column = tf.slice(matrix, [0, 1], [2, 1]);
    expect(column.dtype).toBe(dtype);
    expect(Array.from(column.dataSync(), Number)).toEqual([1, 1]);
  });
});
