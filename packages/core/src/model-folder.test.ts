import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { modelFolder } from './node';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'eigengan-'));
});
afterEach(() => rm(folder, { recursive: true }));

describe('modelFolder', () => {
  it('saves a model of tfjs and loads the same weights and metadata', async () => {
    const model = tfl.sequential({ layers: [tfl.layers.dense({ units: 3, inputShape: [2] })] });
    model.setUserDefinedMetadata({ note: { a: 1 } });
    await model.save(modelFolder(folder));
    const loaded = await tfl.loadLayersModel(modelFolder(folder));
    const x = tf.tensor2d([[1, 2]]);
    const [expected, got] = [model.predict(x), loaded.predict(x)] as tf.Tensor[];
    expect(await got?.data()).toEqual(await expected?.data());
    expect(loaded.getUserDefinedMetadata()).toEqual({ note: { a: 1 } });
  });

  it('writes what tfjs itself reads over http', async () => {
    const model = tfl.sequential({ layers: [tfl.layers.dense({ units: 1, inputShape: [1] })] });
    await model.save(modelFolder(folder));
    const { weightsManifest } = JSON.parse(await readFile(join(folder, 'model.json'), 'utf8'));
    expect(weightsManifest[0].paths).toEqual(['weights.bin']);
    const fetchFile = async (url: string) =>
      new Response(await readFile(join(folder, url.split('/').pop() ?? '')));
    const handler = tf.io.http('http://test/model.json', { fetchFunc: fetchFile as typeof fetch });
    expect((await tfl.loadLayersModel(handler)).weights).toHaveLength(2);
  });

  it.each(['', '[]', '{}', '{"modelTopology":{},"weightsManifest":[{}]}'])(
    'refuses %s as a model, naming the file',
    async (text) => {
      await writeFile(join(folder, 'model.json'), text);
      await expect(modelFolder(folder).load()).rejects.toThrow(join(folder, 'model.json'));
    },
  );
});
