import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import { beforeAll, expect, test } from 'vitest';
import { bytesOf, tinyGenerator } from '../testing/tiny-gan';
import { MovingAverage } from './moving-average';
import type { MovingAverageOptions } from './moving-average-options';

beforeAll(() => tf.setBackend('cpu'));

/** One weight, [1]. */
function oneWeight(constraint?: 'nonNeg'): { model: tfl.LayersModel; weight: tfl.LayerVariable } {
  const layer = tfl.layers.dense({
    units: 1,
    inputShape: [1],
    useBias: false,
    name: 'only',
    ...(constraint && { kernelConstraint: constraint }),
  });
  const model = tfl.sequential({ layers: [layer] });
  const [weight] = model.weights;
  if (weight === undefined) throw new Error('a dense layer has a kernel');
  return { model, weight };
}

/** The average after each update by a batch of 4 images, of a weight that was 0. */
async function follow(options: MovingAverageOptions, values: number[], batch = 4): Promise<number[]> {
  const { model, weight } = oneWeight();
  weight.write(tf.tensor2d([[0]]));
  const average = new MovingAverage(model, options);
  const seen: number[] = [];
  for (const value of values) {
    weight.write(tf.tensor2d([[value]]));
    average.see(batch);
    average.update();
    seen.push((await average.model.weights[0]?.read().data())?.[0] ?? Number.NaN);
  }
  return seen;
}

test('without warm-up each update keeps the decay’s share', async () => {
  const [first, second] = await follow({ decay: 0.75, warmup: false }, [8, 8]);
  expect([first, second]).toEqual([2, 3.5]);
});

test('warm-up keeps (1 + t) / (10 + t) until that exceeds the decay', async () => {
  const seen = await follow({ decay: 0.2 }, [1, 1, 1]);
  let expected = 0;
  for (const [t, value] of seen.entries()) {
    const decay = Math.min(0.2, (1 + t) / (10 + t));
    expected = decay * expected + (1 - decay);
    expect(value).toBeCloseTo(expected, 6);
  }
});

test('after its half-life in images half of the average is left, whatever the batch', async () => {
  for (const batch of [1, 4, 20]) {
    const seen = await follow(
      { halfLife: 40 },
      Array.from({ length: 80 / batch }, () => 1),
      batch,
    );
    expect(seen[40 / batch - 1]).toBeCloseTo(0.5, 5);
    expect(seen[80 / batch - 1]).toBeCloseTo(0.75, 5);
  }
});

test('a ramp-up keeps the half-life below a share of the images seen before', async () => {
  const values = [3, -1, 4, 1, -5, 9, 2, 6];
  const seen = await follow({ halfLife: 10, rampUp: 0.5 }, values, 4);
  // The first sees nothing before it: a copy.
  expect(seen[0]).toBe(3);
  let expected = 0;
  for (const [i, value] of values.entries()) {
    const kept = 0.5 ** (4 / Math.max(Math.min(10, 0.5 * i * 4), 1e-8));
    expected = kept * expected + (1 - kept) * value;
    expect(seen[i]).toBeCloseTo(expected, 5);
  }
});

test('images count from one update to the next, however many steps lie between', async () => {
  const { model, weight } = oneWeight();
  weight.write(tf.tensor2d([[0]]));
  const average = new MovingAverage(model, { halfLife: 12 });
  weight.write(tf.tensor2d([[1]]));
  average.see(12);
  average.update();
  average.see(10);
  average.see(14);
  average.update();
  expect((await average.model.weights[0]?.read().data())?.[0]).toBeCloseTo(1 - 0.5 ** 3, 6);
  expect(average.counts).toEqual({ updates: 2, images: 36, pending: 0 });
});

test('it starts as a copy with buffers of its own', async () => {
  const generator = tinyGenerator();
  const average = new MovingAverage(generator, { decay: 0.9 });
  expect(await bytesOf(average.model)).toEqual(await bytesOf(generator));
  const ids = new Set(generator.weights.map((weight) => weight.read().dataId));
  expect(average.model.weights.some((weight) => ids.has(weight.read().dataId))).toBe(false);
});

test('it predicts what the generator predicts, and stays when the generator moves', async () => {
  const generator = tinyGenerator();
  const average = new MovingAverage(generator, { decay: 0.9 });
  const inputs = [tf.ones([2, 3]), tf.ones([2, 2])];
  const images = async (model: tfl.LayersModel) => {
    const output = model.predict(inputs);
    return Array.isArray(output) ? [] : [...(await output.data())];
  };
  const before = await images(generator);
  expect(await images(average.model)).toEqual(before);
  for (const weight of generator.trainableWeights) weight.write(tf.mul(2, weight.read()));
  expect(await images(average.model)).toEqual(before);
});

test('a constraint is applied to the average', async () => {
  const { model, weight } = oneWeight('nonNeg');
  const average = new MovingAverage(model, { decay: 0.5, warmup: false });
  const value = weight.read();
  if (value instanceof tf.Variable) value.assign(tf.tensor2d([[-100]]));
  average.update();
  expect([...((await average.model.weights[0]?.read().data()) ?? [])]).toEqual([0]);
});

test('batch statistics are copied, or averaged when asked for; frozen weights are copied', async () => {
  for (const [statistics, expected] of [
    ['copied', 0.25],
    ['averaged', 0.25 * 0.1 + 0.75 * 0.9],
  ] as const) {
    const generator = tinyGenerator();
    const fill = (weights: readonly tfl.LayerVariable[], value: number) => {
      for (const weight of weights) weight.write(tf.fill(weight.shape.map(Number), value));
    };
    const { nonTrainableWeights } = generator;
    const frozen = generator.getLayer('stem');
    fill(nonTrainableWeights, 0.75);
    const average = new MovingAverage(generator, { decay: 0.9, warmup: false, statistics });
    fill(nonTrainableWeights, 0.25);
    fill(frozen.weights, 0.25);
    frozen.trainable = false;
    average.update();
    const valuesOf = async (layer: string, index: number) => [
      ...((await average.model.getLayer(layer).weights[index]?.read().data()) ?? []),
    ];
    expect(nonTrainableWeights.map(({ originalName }) => originalName)).toEqual([
      'normal/moving_mean',
      'normal/moving_variance',
    ]);
    for (const index of [2, 3]) {
      const values = await valuesOf('normal', index);
      expect(values.length).toBe(8);
      for (const value of values) expect(value).toBeCloseTo(expected, 6);
    }
    expect(new Set(await valuesOf('stem', 0))).toEqual(new Set([0.25]));
  }
});

test('updates make no tensors, and disposing frees the copy', () => {
  const generator = tinyGenerator();
  const before = tf.memory().numTensors;
  const average = new MovingAverage(generator, { decay: 0.9 });
  const made = tf.memory().numTensors;
  average.update();
  average.update();
  expect(tf.memory().numTensors).toBe(made);
  average.dispose();
  expect(tf.memory().numTensors).toBe(before);
});
