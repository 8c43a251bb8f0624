import '@tensorflow/tfjs-backend-cpu';
import { seededStream } from '@eigengan/core';
import { SubspaceLayer } from '@eigengan/subspace-layer';
import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import { describe, expect, test, vi } from 'vitest';
import {
  createGenerator,
  defaultTraversalValues,
  GeneratorRenderer,
  modeLatents,
  sampleLatents,
  type TraversalOptions,
  traversalBatch,
  traversals,
  traverse,
} from './index';
import { relativeError } from './testing/cases';
import { layersRun } from './testing/layers-run';

const generator = createGenerator({ size: 16, width: 0.0625, ranks: [3, 2], noise: 8 });
const values = [-2, 0.5, 1];

const rows = async (matrix: tf.Tensor | undefined): Promise<number[][]> => {
  if (matrix === undefined) throw new Error('no tensor');
  const [count = 0, width = 0] = matrix.shape;
  const data = Array.from(await matrix.data());
  return Array.from({ length: count }, (_, i) => data.slice(i * width, (i + 1) * width));
};

test.each([0, 1, 2])(
  'coordinate %i of block 0 takes the values, every other number stays',
  async (coordinate) => {
    const latents = sampleLatents(generator, 1, seededStream(4, 'latents'));
    const batch = traversalBatch(generator, { block: 0, coordinate }, { values, latents });
    for (const [i, input] of generator.inputNames.entries()) {
      const [fixed = []] = await rows(latents[i]);
      const moved = await rows(batch[i]);
      const expected = values.map((value) =>
        input === 'z_0' ? fixed.map((other, j) => (j === coordinate ? value : other)) : fixed,
      );
      expect(moved).toEqual(expected);
    }
  },
);

test('it gives one image for each value: those of the latents with that coordinate', async () => {
  const latents = sampleLatents(generator, 1, seededStream(4, 'latents'));
  const images = traverse(generator, { block: 1, coordinate: 1 }, { values, latents });
  expect(images.shape).toEqual([3, 16, 16, 3]);
  const [noise, z0, z1] = latents;
  if (noise === undefined || z0 === undefined || z1 === undefined) throw new Error('no latents');
  const [[first = 0] = []] = await rows(z1);
  const last = generator.predict([noise, z0, tf.tensor2d([[first, 1]])]);
  if (Array.isArray(last)) throw new Error('expected one tensor');
  const shown = await tf.slice(images, [2, 0, 0, 0], [1, 16, 16, 3]).data();
  expect(relativeError(shown, await last.data())).toBeLessThan(1e-5);
});

test('a seed draws the rest, the same each time and for each dimension; without one it is the mode', async () => {
  const first = await rows(traversalBatch(generator, { block: 0, coordinate: 0 }, { values, seed: 9 })[0]);
  const other = await rows(traversalBatch(generator, { block: 1, coordinate: 1 }, { values, seed: 9 })[0]);
  expect(other).toEqual(first);
  const cut = traversalBatch(generator, { block: 0, coordinate: 0 }, { values, seed: 9, truncation: 0.5 });
  expect(Math.max(...(await rows(cut[0])).flat().map(Math.abs))).toBeLessThanOrEqual(0.5);
  const mode = traversalBatch(generator, { block: 0, coordinate: 0 });
  expect(await rows(mode[0])).toEqual(defaultTraversalValues.map(() => Array(8).fill(0)));
  expect(await rows(mode[1])).toEqual(defaultTraversalValues.map((value) => [value, 0, 0]));
});

test('more values than a batch make the same images', async () => {
  const options = { values: [-2, -1, 0, 1, 2], seed: 1 };
  const whole = await traverse(generator, { block: 0, coordinate: 1 }, options).data();
  const pieces = await traverse(generator, { block: 0, coordinate: 1 }, { ...options, batchSize: 2 }).data();
  expect(relativeError(pieces, whole)).toBeLessThan(1e-5);
});

test('a renderer gives the same images, and runs what lies below the dimension once for all', async () => {
  const renderer = new GeneratorRenderer(generator);
  const latents = sampleLatents(generator, 1, seededStream(4, 'latents'));
  for (const options of [{ values, seed: 3 }, { values }, { values, latents }]) {
    const row = (source: typeof generator | GeneratorRenderer, coordinate: number) =>
      traverse(source, { block: 1, coordinate }, options);
    const images: tf.Tensor[] = [];
    const runs = await layersRun(generator, () => {
      images.push(row(renderer, 0), row(renderer, 1));
    });
    expect(runs.filter(({ name }) => name === 'block_0/same')).toEqual([{ name: 'block_0/same', rows: 1 }]);
    for (const [coordinate, made] of images.entries()) {
      const expected = await row(generator, coordinate).data();
      expect(relativeError(await made.data(), expected)).toBeLessThan(1e-5);
    }
  }
  renderer.dispose();
});

test('a sheet is the traversals in the order asked for, no image of a block made twice', async () => {
  const dimensions = [
    { block: 1, coordinate: 1 },
    { block: 0, coordinate: 2 },
    { block: 1, coordinate: 0 },
  ];
  const batches: (number | undefined)[] = [];
  for (const options of [{ values: [-1, 0, 2] }, { values: [-1, 0, 2], latents: modeLatents(generator) }]) {
    const output = vi.spyOn(generator.getLayer('output'), 'call');
    const sheet = traversals(generator, dimensions, options);
    batches.push(...output.mock.calls.map(([input]) => [input].flat()[0]?.shape[0]));
    output.mockRestore();
    expect(sheet.map(({ dimension }) => dimension)).toEqual(dimensions);
    for (const { dimension, images } of sheet) {
      const latents = traversalBatch(generator, dimension, options);
      const expected = generator.predict(latents);
      if (Array.isArray(expected)) throw new Error('expected one tensor');
      expect(relativeError(await images.data(), await expected.data())).toBeLessThan(1e-5);
    }
  }
  // Of tensors it is not known that two are equal.
  expect(batches).toEqual([3, 5, 3, 6]);
});

test('a model with other layers is rendered whole', async () => {
  const z = tfl.input({ shape: [3], name: 'z_0' });
  const subspace = new SubspaceLayer({ name: 'block_0', shape: [4, 4, 3], rank: 3 }).apply(z);
  if (!(subspace instanceof tfl.SymbolicTensor)) throw new Error('no symbol');
  const other = tfl.model({ inputs: z, outputs: subspace });
  const images = traverse(other, { block: 0, coordinate: 1 }, { values });
  const expected = other.predict(tf.tensor2d(values.map((value) => [0, value, 0])));
  if (Array.isArray(expected)) throw new Error('expected one tensor');
  expect(await images.data()).toEqual(await expected.data());
});

test('it works with a single input', () => {
  const single = createGenerator({ size: 8, width: 0.0625, ranks: [2], noise: 0 });
  expect(traverse(single, { block: 0, coordinate: 0 }, { values }).shape).toEqual([3, 8, 8, 3]);
});

test("it leaves its images and nothing else, and the latents are still the caller's", () => {
  const latents = sampleLatents(generator, 1, seededStream(4, 'latents'));
  const before = tf.memory().numTensors;
  traverse(generator, { block: 0, coordinate: 0 }, { values, latents }).dispose();
  traverse(generator, { block: 0, coordinate: 0 }, { values, seed: 1 }).dispose();
  tf.dispose(traversalBatch(generator, { block: 0, coordinate: 0 }, { values }));
  for (const { images } of traversals(generator, [{ block: 0, coordinate: 0 }], { values, batchSize: 2 })) {
    images.dispose();
  }
  expect(tf.memory().numTensors).toBe(before);
  expect(latents.some(({ isDisposed }) => isDisposed)).toBe(false);
});

describe('what does not fit is refused', () => {
  test.each([
    [{ values: [] }, 'traverse: values: needs at least one, got []'],
    [{ values: [Number.NaN] }, 'traverse: values[0]: must be a finite number, got NaN'],
    [{ latents: [] }, 'traverse: latents: must be one each for noise, z_0, z_1, got 0'],
    [{ latents: [], seed: 1 }, 'traverse: takes latents, or a seed with a truncation, not both'],
    [{ truncation: 1 }, 'traverse: truncation needs a seed'],
    [{ vales: [1] }, 'traverse: must have no options but values, latents, seed, truncation, batchSize'],
    [{ batchSize: 0 }, 'traverse: batchSize: must be an integer of at least 1, got 0'],
  ] as [TraversalOptions, string][])('%j', (options, message) => {
    expect(() => traverse(generator, { block: 0, coordinate: 0 }, options)).toThrow(message);
  });

  test('latents of another width', () => {
    const latents = [tf.zeros([1, 8]), tf.zeros([1, 2]), tf.zeros([1, 2])];
    expect(() => traverse(generator, { block: 0, coordinate: 0 }, { latents })).toThrow(
      'traverse: latents[1]: must be [1, 3] for z_0, got [1, 2]',
    );
  });

  test('a dimension that is not there', () => {
    expect(() => traverse(generator, { block: 2, coordinate: 0 })).toThrow('traverse: block');
    expect(() => traverse(generator, { block: 1, coordinate: 2 })).toThrow('traverse: coordinate');
  });
});
