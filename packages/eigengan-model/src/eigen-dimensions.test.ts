import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { expect, test } from 'vitest';
import {
  createDiscriminator,
  createGenerator,
  dimensionKey,
  eigenDimensions,
  nameDimension,
  weightsByRole,
} from './index';

const generatorOf = () =>
  createGenerator({ size: [16, 24], base: [4, 6], width: 0.0625, ranks: [3, 2], noise: 0 });

test('they are ordered by |importance| within each block, the deepest block first', async () => {
  const generator = generatorOf();
  weightsByRole(generator)
    .get('block_0/importance')
    ?.assign(tf.tensor1d([1, -5, 3]));
  const dimensions = await eigenDimensions(generator);
  expect(dimensions.map(({ block, coordinate, importance }) => [block, coordinate, importance])).toEqual([
    [0, 1, -5],
    [0, 2, 3],
    [0, 0, 1],
    [1, 0, 6],
    [1, 1, 3],
  ]);
  expect(dimensions[1]).toEqual({
    block: 0,
    coordinate: 2,
    input: 'z_0',
    resolution: [4, 6],
    rank: 3,
    importance: 3,
    place: 1,
  });
  expect(dimensions[3]?.resolution).toEqual([8, 12]);
});

test('blocks without a subspace have none, the others keep their numbers', async () => {
  const generator = createGenerator({ size: 16, width: 0.0625, ranks: [0, 2], noise: 4 });
  const dimensions = await eigenDimensions(generator);
  expect(dimensions.map(dimensionKey)).toEqual(['block_1/0', 'block_1/1']);
});

test('a name stays with its coordinate until it is taken away', async () => {
  const generator = generatorOf();
  const names = async () => (await eigenDimensions(generator)).map(({ name }) => name);
  nameDimension(generator, { block: 0, coordinate: 1 }, 'head turn');
  nameDimension(generator, { block: 1, coordinate: 0 }, 'hue');
  expect(await names()).toEqual([undefined, 'head turn', undefined, 'hue', undefined]);
  nameDimension(generator, { block: 0, coordinate: 1 }, undefined);
  expect(await names()).toEqual([undefined, undefined, undefined, 'hue', undefined]);
});

test('what is no dimension is refused', async () => {
  const generator = generatorOf();
  expect(() => nameDimension(generator, { block: 7, coordinate: 0 }, 'x')).toThrow(
    'nameDimension: block: must be one with a subspace, 0, 1, got 7',
  );
  expect(() => nameDimension(generator, { block: 1, coordinate: 2 }, 'x')).toThrow(
    'nameDimension: coordinate: must be an integer of at least 0 and of at most 1, got 2',
  );
  await expect(eigenDimensions(createDiscriminator({ size: 16, width: 0.0625 }))).rejects.toThrow(
    'generator: must have an input z_<block>, got ["images"]',
  );
});

test('reading them leaves no tensor', async () => {
  const generator = generatorOf();
  const before = tf.memory().numTensors;
  await eigenDimensions(generator);
  expect(tf.memory().numTensors).toBe(before);
});
