import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { expect, test } from 'vitest';
import { createGenerator, readWeightsByRole, setWeightsByRole, weightsByRole } from './index';

const generatorOf = (seed: number) =>
  createGenerator({ size: 16, width: 0.0625, ranks: [3, 2], noise: 8, seed, orthonormality: 'constraint' });

test('every weight has one role, however often such a model was made', () => {
  const first = weightsByRole(generatorOf(1));
  expect([...weightsByRole(generatorOf(1)).keys()]).toEqual([...first.keys()]);
  expect(first.size).toBe(2 + 2 * 11 + 2);
});

test('weights go from one model to another bit for bit, constraint or not', async () => {
  const [one, other] = [generatorOf(1), generatorOf(2)];
  weightsByRole(one)
    .get('block_0/basis')
    ?.assign(tf.randomNormal([3, 256], 0, 1, 'float32', 3));
  setWeightsByRole(other, await readWeightsByRole(one));
  expect(await readWeightsByRole(other)).toEqual(await readWeightsByRole(one));
});

test('what is read is a copy, and setting leaves no tensor', async () => {
  const generator = generatorOf(1);
  const before = tf.memory().numTensors;
  const records = await readWeightsByRole(generator);
  records['stem/bias']?.data.fill(5);
  expect(weightsByRole(generator).get('stem/bias')?.dataSync()[0]).toBe(0);
  setWeightsByRole(generator, records);
  expect(weightsByRole(generator).get('stem/bias')?.dataSync()[0]).toBe(5);
  expect(tf.memory().numTensors).toBe(before);
});

test('an unknown role, another shape or type is refused, and then nothing is set', () => {
  const generator = generatorOf(1);
  const good = { dtype: 'float32', shape: [3], data: new Float32Array(3) } as const;
  const set = (role: string, value: Parameters<typeof setWeightsByRole>[1][string]) => () =>
    setWeightsByRole(generator, { 'output/bias': good, [role]: value });
  weightsByRole(generator)
    .get('output/bias')
    ?.assign(tf.ones([3]));
  expect(set('block_9/basis', good)).toThrow('setWeightsByRole: block_9/basis: must be a role of generator');
  expect(set('block_1/importance', good)).toThrow('block_1/importance: shape must be [2], got [3]');
  expect(set('block_0/importance', { dtype: 'float32', shape: [3], data: new Float32Array(2) })).toThrow(
    'block_0/importance: data must have 3 values, got 2',
  );
  expect(set('block_0/importance', { dtype: 'int32', shape: [3], data: new Int32Array(3) })).toThrow(
    'block_0/importance: must be float32, got "int32"',
  );
  expect(Array.from(weightsByRole(generator).get('output/bias')?.dataSync() ?? [])).toEqual([1, 1, 1]);
});
