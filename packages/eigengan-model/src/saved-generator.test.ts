import '@tensorflow/tfjs-backend-cpu';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fillNormal, libraryVersion, seededStream } from '@eigengan/core';
import { modelFolder } from '@eigengan/core/node';
import * as tf from '@tensorflow/tfjs-core';
import type * as tfl from '@tensorflow/tfjs-layers';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { jsonFromFreshProcess } from '../../../tests/fresh-process';
import {
  createDiscriminator,
  createGenerator,
  dimensionNames,
  eigenDimensions,
  type GeneratorOptions,
  loadGenerator,
  nameDimension,
  readMetadata,
  readWeightsByRole,
  sampleLatents,
  saveGenerator,
  weightsByRole,
} from './index';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'eigengan-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** A generator with every weight away from its initial value, bases off the manifold included. */
function trainedGenerator(options: Partial<GeneratorOptions> = {}): tfl.LayersModel {
  const generator = createGenerator({ size: 16, width: 0.0625, ranks: [3, 2], noise: 8, ...options });
  const stream = seededStream(2, 'test');
  for (const variable of weightsByRole(generator).values()) {
    variable.assign(
      tf.tensor(fillNormal(stream, new Float32Array(variable.size), { stddev: 0.3 }), variable.shape),
    );
  }
  return generator;
}

const images = async (generator: tfl.LayersModel): Promise<number[]> => {
  const output = generator.predict(sampleLatents(generator, 3, seededStream(0, 'latents')));
  if (Array.isArray(output)) throw new Error('expected one tensor');
  return Array.from(await output.data());
};

const variants: [string, Partial<GeneratorOptions>][] = [
  ['plain', {}],
  ['constant', { noise: 0, ranks: [0, 2], basis: 'smooth' }],
  ['constraint', { orthonormality: 'constraint' }],
  ['gram-schmidt', { orthonormality: 'gram-schmidt', transposedFanIn: 'forward' }],
];

test.each(variants)('a %s generator is loaded bit for bit', async (name, options) => {
  const generator = trainedGenerator(options);
  await saveGenerator(generator, modelFolder(join(folder, name)));
  const loaded = await loadGenerator(modelFolder(join(folder, name)));
  expect(await readWeightsByRole(loaded)).toEqual(await readWeightsByRole(generator));
  expect(loaded.calculateLosses()).toHaveLength(generator.calculateLosses().length);
  expect(await images(loaded)).toEqual(await images(generator));
});

test('generators give the same images in a fresh process, whoever loads them', async () => {
  for (const [name, options] of variants) {
    await saveGenerator(trainedGenerator(options), modelFolder(join(folder, name)));
  }
  const code = `
    import '@tensorflow/tfjs-backend-cpu';
    import * as tfl from '@tensorflow/tfjs-layers';
    import { seededStream } from '@eigengan/core';
    import { modelFolder } from '@eigengan/core/node';
    import { loadGenerator, sampleLatents } from '@eigengan/eigengan-model';
    const result = {};
    for (const name of ${JSON.stringify(variants.map(([name]) => name))}) {
      const handler = modelFolder(${JSON.stringify(`${folder}/`)} + name);
      result[name] = [];
      for (const model of [await loadGenerator(handler), await tfl.loadLayersModel(handler)]) {
        const images = model.predict(sampleLatents(model, 3, seededStream(0, 'latents')));
        result[name].push(Array.from(await images.data()));
      }
    }
    console.log(JSON.stringify(result));`;
  const result = Object(await jsonFromFreshProcess(code));
  for (const [name, options] of variants) {
    const [ours, stock] = result[name];
    expect(ours, name).toEqual(await images(trainedGenerator(options)));
    // The stock loader puts a constrained basis through its constraint once more.
    if (options.orthonormality !== 'constraint') expect(stock, name).toEqual(ours);
  }
});

test('a discriminator loads in a fresh process that knows nothing of this package', async () => {
  const discriminator = createDiscriminator({ size: 16, width: 0.0625 });
  await discriminator.save(modelFolder(join(folder, 'discriminator')));
  const code = `
    import '@tensorflow/tfjs-backend-cpu';
    import * as tf from '@tensorflow/tfjs-core';
    import * as tfl from '@tensorflow/tfjs-layers';
    import { modelFolder } from '@eigengan/core/node';
    const model = await tfl.loadLayersModel(modelFolder(${JSON.stringify(join(folder, 'discriminator'))}));
    console.log(JSON.stringify(Array.from(await model.predict(tf.ones([2, 16, 16, 3])).data())));`;
  const logits = discriminator.predict(tf.ones([2, 16, 16, 3]));
  if (Array.isArray(logits)) throw new Error('expected one tensor');
  expect(await jsonFromFreshProcess(code)).toEqual(Array.from(await logits.data()));
});

test('the saved model says what it takes to sample', async () => {
  const generator = trainedGenerator();
  nameDimension(generator, { block: 1, coordinate: 0 }, 'hue');
  await saveGenerator(generator, modelFolder(join(folder, 'named')), {
    dimensionNames: { 'block_0/2': 'head turn' },
  });
  const json = JSON.parse(await readFile(join(folder, 'named', 'model.json'), 'utf8'));
  expect(json.userDefinedMetadata).toEqual({
    format: 'eigengan-model',
    libraryVersion,
    imageRange: [-1, 1],
    latentShapes: { noise: 8, z_0: 3, z_1: 2 },
    latentDistribution: { kind: 'normal', mean: 0, stddev: 1 },
    roles: generator.weights.map(({ originalName }) => originalName),
    dimensionNames: { 'block_1/0': 'hue', 'block_0/2': 'head turn' },
  });
  const loaded = await loadGenerator(modelFolder(join(folder, 'named')));
  expect(readMetadata(loaded)).toEqual(json.userDefinedMetadata);
  expect(
    (await eigenDimensions(loaded))
      .map(({ name }) => name)
      .filter(Boolean)
      .sort(),
  ).toEqual(['head turn', 'hue']);
});

test('tfjs handlers and URLs work as well', async () => {
  const generator = trainedGenerator();
  let artifacts: tf.io.ModelArtifacts = {};
  await saveGenerator(
    generator,
    tf.io.withSaveHandler(async (saved) => {
      artifacts = saved;
      return { modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: 'JSON' } };
    }),
  );
  const loaded = await loadGenerator(tf.io.fromMemory(artifacts));
  expect(await images(loaded)).toEqual(await images(generator));
});

test('loading leaves nothing but the weights, failing nothing at all', async () => {
  await saveGenerator(trainedGenerator(), modelFolder(join(folder, 'leak')));
  await createDiscriminator({ size: 16, width: 0.0625 }).save(modelFolder(join(folder, 'other')));
  const before = tf.memory().numTensors;
  const loaded = await loadGenerator(modelFolder(join(folder, 'leak')));
  expect(tf.memory().numTensors).toBe(before + loaded.weights.length);
  loaded.dispose();
  await expect(loadGenerator(modelFolder(join(folder, 'other')))).rejects.toThrow(
    'loadGenerator: userDefinedMetadata.format must be "eigengan-model"',
  );
  expect(tf.memory().numTensors).toBe(before);
});

test('names for dimensions that are not there are refused', async () => {
  const generator = trainedGenerator();
  const target = modelFolder(join(folder, 'refused'));
  await expect(saveGenerator(generator, target, { dimensionNames: { hue: 'x' } })).rejects.toThrow(
    'saveGenerator: dimensionNames: keys must be like block_0/2, got "hue"',
  );
  const half = { 'block_0/0': 'fits', 'block_0/3': 'does not' };
  await expect(saveGenerator(generator, target, { dimensionNames: half })).rejects.toThrow(
    'saveGenerator: coordinate: must be an integer of at least 0 and of at most 2, got 3',
  );
  const misspelt = Object({ quantisation: 'uint8' });
  await expect(saveGenerator(generator, target, misspelt)).rejects.toThrow('Did you mean "quantization"?');
  expect(dimensionNames(generator)).toEqual({});
});

test('a URL that tfjs cannot read or write is refused with what to use instead', async () => {
  await expect(loadGenerator('file:///nowhere/model.json')).rejects.toThrow(
    'loadGenerator: must be a saved model that tfjs can read, got "file:///nowhere/model.json". In Node',
  );
  await expect(loadGenerator('nowhere')).rejects.toThrow('modelFolder of @eigengan/core/node');
  await expect(saveGenerator(trainedGenerator(), 'nowhere')).rejects.toThrow(
    'saveGenerator: must be a URL that tfjs can write to, got "nowhere". In Node',
  );
});

test('a loaded generator, whose weights tfjs numbers beside the first, saves under the same roles', async () => {
  const generator = trainedGenerator();
  await saveGenerator(generator, modelFolder(join(folder, 'first')));
  const loaded = await loadGenerator(modelFolder(join(folder, 'first')));
  expect(loaded.weights.map(({ name }) => name)).not.toEqual(generator.weights.map(({ name }) => name));
  await saveGenerator(loaded, modelFolder(join(folder, 'second')));
  for (const file of ['model.json', 'weights.bin']) {
    const [first, second] = ['first', 'second'].map((name) => readFile(join(folder, name, file)));
    expect(await second).toEqual(await first);
  }
});
