import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import { beforeAll, expect, test } from 'vitest';
import { bytesOf, tinyGenerator } from '../testing/tiny-gan';
import { MovingAverage } from './moving-average';

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

async function follow(options: { decay: number; warmup?: boolean }, values: number[]): Promise<number[]> {
  const { model, weight } = oneWeight();
  weight.write(tf.tensor2d([[0]]));
  const average = new MovingAverage(model, options);
  const seen: number[] = [];
  for (const value of values) {
    weight.write(tf.tensor2d([[value]]));
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

test('what is not trained is copied', async () => {
  const generator = tinyGenerator();
  const average = new MovingAverage(generator, { decay: 0.999, warmup: false });
  for (const weight of generator.nonTrainableWeights) weight.write(tf.fill(weight.shape.map(Number), 0.25));
  average.update();
  for (const weight of average.model.nonTrainableWeights) {
    expect(new Set(await weight.read().data())).toEqual(new Set([0.25]));
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
