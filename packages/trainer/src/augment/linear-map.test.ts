import '@tensorflow/tfjs-backend-cpu';
// Registers the gradients.
import '@tensorflow/tfjs-layers';
import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { type GatherBlock, transposed } from './gather-matrix';
import { linearMap } from './linear-map';

beforeAll(() => tf.setBackend('cpu'));

/** A block whose entries crowd in few columns, so that the transpose's rows differ in length. */
const blocks = fc
  .record({ rows: fc.integer({ min: 1, max: 40 }), entries: fc.integer({ min: 1, max: 5 }) })
  .chain(({ rows, entries }) => {
    const size = rows * entries;
    const column = fc.oneof(fc.constant(1), fc.integer({ min: 0, max: 6 }));
    const weight = fc.integer({ min: -2, max: 2 });
    return fc.record({
      rows: fc.constant(rows),
      entries: fc.constant(entries),
      indices: fc
        .array(column, { minLength: size, maxLength: size })
        .map((values) => Int32Array.from(values)),
      weights: fc
        .array(weight, { minLength: size, maxLength: size })
        .map((values) => Float32Array.from(values)),
    });
  });
const columns = 7;

/** `[rows, columns]`. */
function dense({ rows, indices, weights }: GatherBlock): number[][] {
  const matrix = Array.from({ length: rows }, () => new Array<number>(columns).fill(0));
  weights.forEach((weight, k) => {
    const row = matrix[k % rows] ?? [];
    const column = indices[k] ?? 0;
    row[column] = (row[column] ?? 0) + weight;
  });
  return matrix;
}

/** Small integers, so that sums are exact in any order. */
const integers = (rows: number, from: number) =>
  tf.tensor2d(
    Int32Array.from({ length: 2 * rows }, (_, k) => ((from + 7 * k) % 11) - 5),
    [rows, 2],
    'float32',
  );

test('it is the product with the matrix, its gradient that with the transpose, and so on', () => {
  fc.assert(
    fc.property(blocks, (block) => {
      tf.tidy(() => {
        const matrix = tf.tensor2d(dense(block));
        const [x, y] = [integers(columns, 3), integers(block.rows, 8)];
        const map = linearMap(block, columns);
        const same = (actual: tf.Tensor, expected: tf.Tensor) =>
          expect(actual.dataSync()).toEqual(expected.dataSync());
        same(map(x), tf.matMul(matrix, x));
        const gradient = (dy: tf.Tensor) => tf.grad((x) => map(x))(x, dy);
        same(gradient(y), tf.matMul(matrix, y, true));
        // <gradient(y), x> in y: the map again.
        same(tf.grad((y) => tf.sum(tf.mul(gradient(y), x)))(y), tf.matMul(matrix, x));
      });
    }),
    { numRuns: 60 },
  );
});

test('a transpose wastes little where few columns have many entries', () => {
  const rows = 64;
  const entries = 4;
  // Three of four entries are in every column alike, the fourth ones all in one.
  const block = {
    rows,
    entries,
    indices: Int32Array.from({ length: rows * entries }, (_, k) => (k < 3 * rows ? k % rows : 5)),
    weights: new Float32Array(rows * entries).fill(1),
  };
  const shapes = transposed(block, rows).blocks.map(({ entries, rows }) => [entries, rows]);
  expect(shapes).toEqual([
    [4, 64],
    [4, 1],
    [8, 1],
    [16, 1],
    [32, 1],
    [64, 1],
  ]);
});

test('it leaves no tensors', () => {
  const x = integers(columns, 1);
  const map = linearMap(
    { rows: 2, entries: 1, indices: Int32Array.of(3, 3), weights: Float32Array.of(1, 2) },
    columns,
  );
  const before = tf.memory().numTensors;
  tf.dispose(tf.grad((x) => tf.sum(tf.square(map(x))))(x));
  expect(tf.memory().numTensors).toBe(before);
});
