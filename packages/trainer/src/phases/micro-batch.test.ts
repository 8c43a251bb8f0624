import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { oneCentred, sgd, type TrainerOptions, zeroCentred } from '../index';
import { plainGenerator, tinyDiscriminator, tinyImages, tinyTrainer } from '../testing/tiny-gan';

beforeAll(() => tf.setBackend('cpu'));

const penalties = [
  zeroCentred({ at: 'real', weight: 1 }),
  oneCentred({ at: 'line', weight: 2, interval: 2 }),
  oneCentred({ at: 'real+fake', weight: 1 }),
];

async function run(options: Partial<TrainerOptions>, steps = 3) {
  const optimizer = sgd({ learningRate: 0.05, momentum: 0.5 });
  const trainer = tinyTrainer({
    generator: plainGenerator(),
    discriminator: tinyDiscriminator(),
    penalties,
    optimizers: { generator: optimizer, discriminator: optimizer },
    ...options,
  });
  const logs = [];
  for (let i = 0; i < steps; i++) {
    const images = tinyImages(7, i);
    logs.push(await trainer.step(images));
    images.dispose();
  }
  const weights: number[] = [];
  for (const model of [trainer.generator, trainer.discriminator, trainer.emaGenerator]) {
    for (const weight of model.weights) weights.push(...(await weight.read().data()));
  }
  return { logs, weights, trainer };
}

describe('the gradients of micro-batches add up to the batch’s', () => {
  test.each<[string, Partial<TrainerOptions>]>([
    ['of every update', {}],
    ['with penalties of their own update', { penaltyUpdate: 'separate' }],
    ['where G draws latents of its own', { generatorLatents: 'fresh' }],
    ['where G is updated every other step', { generatorInterval: 2 }],
  ])('%s', async (_, options) => {
    const whole = await run(options);
    const still = await run({ ...options, optimizers: noRates() });
    const moved = distance(whole.weights, still.weights);
    expect(moved).toBeGreaterThan(0.1);
    for (const size of [1, 3]) {
      const pieces = await run({ ...options, microBatch: size });
      expect(distance(pieces.weights, whole.weights) / moved).toBeLessThan(2e-6);
      for (const [i, log] of whole.logs.entries()) {
        expect(Object.keys(pieces.logs[i] ?? {}).sort()).toEqual(Object.keys(log).sort());
        for (const [name, value] of Object.entries(log)) {
          expect(pieces.logs[i]?.[name], name).toBeCloseTo(value, 4);
        }
      }
    }
  });
});

test('each update has a size of its own', async () => {
  const sizes: Record<string, number[]> = { d: [], penalty: [], g: [] };
  const seen = { name: 'seen', weight: 1, interval: 1, configuration: {} };
  const { trainer } = await run(
    {
      penaltyUpdate: 'separate',
      microBatch: { discriminator: 4, penalties: 2 },
      penalties: [
        {
          ...seen,
          evaluate: ({ real, part, discriminate }) => {
            sizes.penalty?.push(part.offset, part.length);
            expect(real.shape[0]).toBe(part.length);
            return tf.mean<tf.Scalar>(tf.square(discriminate(real)));
          },
        },
      ],
      loss: {
        name: 'sizes',
        discriminator: (real, fake) => {
          sizes.d?.push(real.shape[0] ?? 0);
          return { real: tf.mean(real), fake: tf.neg(tf.mean<tf.Scalar>(fake)) };
        },
        generator: (fake) => {
          sizes.g?.push(fake.shape[0] ?? 0);
          return tf.mean(fake);
        },
      },
    },
    1,
  );
  trainer.dispose();
  // The first of each is the dry run before step 1, on the smallest of the sizes.
  expect(sizes).toEqual({ d: [2, 4, 3], penalty: [0, 2, 0, 2, 2, 2, 4, 2, 6, 1], g: [2, 7] });
});

test('micro-batches leave no tensor behind', async () => {
  const { trainer } = await run({ microBatch: 3 }, 1);
  const images = tinyImages(7);
  const before = tf.memory().numTensors;
  for (let i = 0; i < 3; i++) await trainer.step(images);
  expect(tf.memory().numTensors).toBe(before);
});

test.each([undefined, 3])(
  'a checkpoint asked for between updates is of their end, micro-batches of %s',
  async (microBatch) => {
    const saved: Promise<Uint8Array>[] = [];
    const generator = plainGenerator();
    const { trainer } = await run({ generator, microBatch }, 1);
    const { apply } = generator;
    generator.apply = (...args) => {
      saved.push(trainer.checkpoint());
      return apply.call(generator, ...args);
    };
    await trainer.step(tinyImages(7));
    expect(saved.length).toBeGreaterThan(microBatch === undefined ? 0 : 5);
    const after = await trainer.checkpoint();
    for (const bytes of await Promise.all(saved)) expect(bytes).toEqual(after);
  },
);

test.each([
  [0, 'Trainer: microBatch: must be an integer of at least 1, got 0'],
  [{ generator: 1.5 }, 'Trainer: microBatch.generator: must be an integer of at least 1, got 1.5'],
  [{ penalties: 4 }, "Trainer: microBatch.penalties: needs penaltyUpdate: 'separate', got 4"],
])('refuses %o', (microBatch, message) => {
  expect(() => tinyTrainer({ microBatch })).toThrow(message);
});

function noRates() {
  const optimizer = sgd({ learningRate: 0 });
  return { generator: optimizer, discriminator: optimizer };
}

function distance(a: readonly number[], b: readonly number[]): number {
  return Math.hypot(...a.map((value, i) => value - (b[i] ?? Number.NaN)));
}
