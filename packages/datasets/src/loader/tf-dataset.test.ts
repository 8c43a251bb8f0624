import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import * as data from '@tensorflow/tfjs-data';
import * as tfl from '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, it } from 'vitest';
import { arraySource } from '../array-source';
import { loader } from './loader';
import { tfDataset } from './tf-dataset';

beforeAll(async () => {
  await tf.setBackend('cpu');
});

const source = arraySource(
  Uint8Array.from({ length: 12 }, (_, i) => 20 * i),
  [12, 1, 1, 1],
);

describe('tfDataset', () => {
  it('gives what the loader gives, in its order, to the end', async () => {
    const expected: number[][] = [];
    for await (const { images, index } of loader(source, { batch: 4, seed: 2, epochs: 2 })) {
      expected.push([...(await images.data()), ...index]);
      images.dispose();
    }
    const before = tf.memory().numTensors;
    const seen: number[][] = [];
    const dataset = tfDataset(loader(source, { batch: 4, seed: 2, epochs: 2 }), data);
    await dataset.forEachAsync(({ images, index }) => {
      expect([images.shape, images.dtype, index.dtype]).toEqual([[4, 1, 1, 1], 'float32', 'int32']);
      seen.push([...images.dataSync(), ...index.dataSync()]);
      tf.dispose([images, index]);
    });
    expect(seen).toHaveLength(6);
    expect(seen).toEqual(expected);
    expect(tf.memory().numTensors).toBe(before);
  });

  it('goes on where it stopped, and leaks nothing through take and map', async () => {
    const batches = loader(source, { batch: 4, shuffle: false });
    const dataset = tfDataset(batches, data).map(({ index }) => index);
    const before = tf.memory().numTensors;
    const seen: number[] = [];
    for (let i = 0; i < 2; i++) {
      await dataset.take(1).forEachAsync((index) => {
        seen.push(...index.dataSync());
        index.dispose();
      });
    }
    expect(seen).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    expect(batches.state()).toMatchObject({ epoch: 0, batches: 2 });
    expect(tf.memory().numTensors).toBe(before);
  });

  it('trains a model by fitDataset', async () => {
    const batches = loader(source, { batch: 4, seed: 1 });
    const model = tfl.sequential({
      layers: [
        tfl.layers.flatten({ inputShape: [1, 1, 1] }),
        tfl.layers.dense({ units: 1, kernelInitializer: 'ones' }),
      ],
    });
    model.compile({ optimizer: tf.train.sgd(0.1), loss: 'meanSquaredError' });
    const pairs = tfDataset(batches, data).map(({ images, index }) => ({
      xs: images,
      ys: tf.reshape(tf.div(index, 12), [-1, 1]),
    }));
    const { history } = await model.fitDataset(pairs, {
      epochs: 8,
      batchesPerEpoch: batches.batchesPerEpoch,
      verbose: 0,
    });
    const losses = Array.from(history.loss ?? [], Number);
    expect(losses).toHaveLength(8);
    expect(losses[7]).toBeLessThan((losses[0] ?? 0) / 3);
  });

  it('says what it needs', () => {
    expect(() => tfDataset(loader(source, { batch: 4 }), JSON.parse('{}'))).toThrow(
      'tfDataset: needs tf.data',
    );
  });
});
