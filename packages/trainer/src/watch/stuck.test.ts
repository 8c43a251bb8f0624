import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import type * as tfl from '@tensorflow/tfjs-layers';
import { beforeAll, expect, test } from 'vitest';
import { adam, type LearningRate, sgd, stuck } from '../index';
import { tinyLoader, tinyTrainer } from '../testing/tiny-gan';

beforeAll(() => tf.setBackend('cpu'));

const watch = [stuck({ every: 10 })];

function trainerAt(generatorRate: LearningRate, options: Parameters<typeof tinyTrainer>[0] = {}) {
  const learningRate = 2e-3;
  const optimizers = {
    generator: adam({ learningRate: generatorRate }),
    discriminator: adam({ learningRate }),
  };
  return tinyTrainer({ optimizers, ...options });
}

test('a network whose learning rate is zero is stuck, told once; one that learns is not', async () => {
  const { events } = await trainerAt(0).fit(tinyLoader(), { steps: 40, watch });
  expect(events).toHaveLength(1);
  expect(events[0]).toMatchObject({
    kind: 'stuck',
    step: 10,
    about: ['generator'],
    numbers: { generator_movement: 0, discriminator_movement: expect.any(Number) },
    message:
      'step 10: over 10 steps weights must move by more than 0.000001 of their size, but moved in the generator ' +
      'by 0. Its learning rate may be too small, or its loss saturated, so that no gradient comes: see d_loss and g_loss',
  });
  expect((await trainerAt(2e-3).fit(tinyLoader(), { steps: 40, watch })).events).toEqual([]);
});

test('one that got stuck again after it had moved is told of again', async () => {
  const rate = (update: number) => (update >= 20 && update < 30 ? 2e-3 : 0);
  const { events } = await trainerAt(rate).fit(tinyLoader(), { steps: 50, watch });
  expect(events.map(({ step }) => step)).toEqual([10, 40]);
});

test('a network that was frozen by mistake is stuck, and the hint says so', async () => {
  const trainer = trainerAt(2e-3);
  trainer.discriminator.trainable = false;
  const { events } = await trainer.fit(tinyLoader(), { steps: 10, watch });
  expect(events.map(({ about, hint }) => ({ about, hint }))).toEqual([
    {
      about: ['discriminator'],
      hint: 'Nothing in the discriminator is trainable: set trainable to true on the model and its layers',
    },
  ]);
});

test('the movement is |w_after - w_before| / |w_after| over what is trained', async () => {
  const trainer = trainerAt(2e-3);
  const trained = () => valuesOf(trainer.generator.trainableWeights);
  const before = await trained();
  const { events } = await trainer.fit(tinyLoader(), { steps: 10, watch: [stuck({ every: 10, below: 9 })] });
  const after = await trained();
  const moved = Math.hypot(...after.map((value, i) => value - (before[i] ?? 0))) / Math.hypot(...after);
  expect(moved).toBeGreaterThan(0.01);
  expect(events[0]?.numbers.generator_movement).toBeCloseTo(moved, 6);
  expect(events[0]?.about).toEqual(['discriminator', 'generator']);
});

test('updates that float32 rounds away are told from small ones', async () => {
  const runs = [1e-12, 1e-4].map((learningRate) =>
    tinyTrainer({
      optimizers: { generator: sgd({ learningRate }), discriminator: adam({ learningRate: 2e-3 }) },
    }).fit(tinyLoader(), { steps: 10, watch }),
  );
  const [lost, small] = await Promise.all(runs);
  expect(lost?.events.map(({ about }) => about)).toEqual([['generator']]);
  expect(small?.events).toEqual([]);
});

test('a generator that was not due meanwhile is not called stuck', async () => {
  const trainer = trainerAt(2e-3, { generatorInterval: 15 });
  const { events } = await trainer.fit(tinyLoader(), { steps: 30, watch });
  expect(events).toEqual([]);
});

test('a window that a call of fit began in the middle is not judged', async () => {
  const trainer = trainerAt(0);
  await trainer.fit(tinyLoader(), { steps: 5, watch });
  const { events } = await trainer.fit(tinyLoader(), { steps: 20, watch });
  expect(events.map(({ step, numbers }) => [step, numbers.generator_movement])).toEqual([[20, 0]]);
});

test('options out of their range are refused', () => {
  expect(() => stuck({ below: -1 })).toThrow('stuck: below: must be a finite number of at least 0, got -1');
  expect(() => stuck({ every: 0 })).toThrow('stuck: every: must be an integer of at least 1, got 0');
  expect(() => stuck({ stop: JSON.parse('1') })).toThrow('stuck: stop: must be true or false, got 1');
});

async function valuesOf(weights: readonly tfl.LayerVariable[]): Promise<number[]> {
  const values = await Promise.all(weights.map((weight) => weight.read().data()));
  return values.flatMap((data) => Array.from(data));
}
