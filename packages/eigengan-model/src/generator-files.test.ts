import '@tensorflow/tfjs-backend-cpu';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { modelFolder } from '@eigengan/core/node';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createGenerator, dimensionNames, generatorFiles, type SaveOptions, saveGenerator } from './index';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'eigengan-'));
});
afterAll(() => rm(folder, { recursive: true }));

const generator = createGenerator({ size: 8, width: 0.03125, ranks: [2], noise: 3, seed: 4 });

test.each<SaveOptions>([{}, { quantization: 'uint8' }, { dimensionNames: { 'block_0/1': 'smile' } }])(
  'the files have the names and bytes of those that a saved folder holds, with %o',
  async (options) => {
    const files = await generatorFiles(generator, options);
    await saveGenerator(generator, modelFolder(folder), options);
    expect([files.modelJson.type, files.weights.type]).toEqual([
      'application/json',
      'application/octet-stream',
    ]);
    for (const file of Object.values(files)) {
      expect(Buffer.from(await file.arrayBuffer())).toEqual(await readFile(join(folder, file.name)));
    }
  },
);

test('a name for a dimension that is not there is refused, and nothing is named', async () => {
  await expect(
    generatorFiles(generator, { dimensionNames: { 'block_0/0': 'fits', 'block_7/0': 'does not' } }),
  ).rejects.toThrow('saveGenerator: block: must be one with a subspace, 0, got 7');
  expect(dimensionNames(generator)['block_0/0']).toBeUndefined();
});
