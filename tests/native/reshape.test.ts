import { useBackend } from '@eigengan/backends';
import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { describeNative } from './describe-native';
import { executedOperations } from './executed-operations';

const counts = () => [tf.memory().numTensors, tf.memory().numDataBuffers, tf.engine().backend.numDataIds()];
const range = (count: number) => Array.from({ length: count }, (_, i) => i + 1);

await describeNative('reshaping on tensorflow', () => {
  beforeAll(() => useBackend('tensorflow'));

  test('runs no operation while nothing reads the data in that shape, nor on the way back', () => {
    tf.tidy(() => {
      const x = tf.randomUniform([4, 6]);
      const run = executedOperations(() => {
        const there = tf.reshape(tf.reshape(x, [2, 2, 6]), [24]);
        expect(tf.reshape(there, [4, 6]).dataSync()).toEqual(x.dataSync());
      });
      expect(run).toEqual([]);
    });
  });

  test('around products of matrices and in their gradients runs none', () => {
    tf.tidy(() => {
      const [a, b, dy] = [tf.randomUniform([3, 4]), tf.randomUniform([4, 5]), tf.randomUniform([3, 5])];
      const product = (a: tf.Tensor, b: tf.Tensor) => tf.matMul(a, b);
      const run = executedOperations(() => {
        product(a, b).dataSync();
        for (const gradient of tf.grads(product)([a, b], dy)) gradient.dataSync();
      });
      expect(run).toEqual(['MatMul', 'MatMul', 'MatMul']);
    });
  });

  test('works out a size that is left open, and says at once what does not fit', () => {
    tf.tidy(() => {
      const x = tf.tensor1d(range(24));
      const matrix = tf.reshape(x, [-1, 6]);
      expect(matrix.shape).toEqual([4, 6]);
      expect(tf.matMul(matrix, tf.ones([6, 1])).shape).toEqual([4, 1]);
      expect(() => tf.reshape(x, [5, -1])).toThrow('5');
      expect(() => tf.reshape(matrix, [5, 5])).toThrow('Size(24) must match the product of shape 5,5');
    });
  });

  const shapes = [[24], [-1, 4], [4, 6], [1, 24, 1], [2, 3, 4], [6, 1, 4], [2, 2, 2, 3]];
  const moves = fc.array(
    fc.record({
      from: fc.nat(20),
      shape: fc.constantFrom(...shapes),
      read: fc.boolean(),
      free: fc.boolean(),
    }),
    { maxLength: 12 },
  );

  test('keeps the numbers, whatever was reshaped from what, read or freed before', () => {
    fc.assert(
      fc.property(moves, (sequence) => {
        const before = counts();
        const all: tf.Tensor[] = [tf.tensor1d(range(24))];
        for (const { from, shape, read, free } of sequence) {
          const tensor = all[from % all.length];
          if (tensor === undefined) continue;
          const other = tf.reshape(tensor, shape);
          all.push(other);
          const negated = read ? tf.tidy(() => [...tf.neg(other).dataSync()]) : range(24).map((i) => -i);
          expect(negated).toEqual(range(24).map((i) => -i));
          if (free) all.splice(all.indexOf(tensor), 1).forEach((freed) => void freed.dispose());
        }
        for (const tensor of all) expect([...tensor.dataSync()]).toEqual(range(24));
        tf.dispose(all);
        expect(counts()).toEqual(before);
      }),
    );
  });

  test('of a variable is of what it was then, whatever is assigned before it is read', () => {
    const variable = tf.variable(tf.tensor1d([1, 2, 3, 4]));
    const early = tf.reshape(variable, [2, 2]);
    tf.tidy(() => variable.assign(tf.zeros([4])));
    expect(early.arraySync()).toEqual([
      [1, 2],
      [3, 4],
    ]);
    tf.dispose([variable, early]);
  });
});
