import '@tensorflow/tfjs-backend-cpu';
import { TrainingError } from '@eigengan/core';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { adaptiveAugment, describePlan, oneCentred, zeroCentred } from '../index';
import { tinyImages, tinyTrainer } from '../testing/tiny-gan';

beforeAll(() => tf.setBackend('cpu'));

describe('a plan', () => {
  test('changes nothing of the run: the steps after it are those without it', async () => {
    const options = {
      penalties: [oneCentred({ at: 'line', interval: 3 })],
      generatorInterval: 2,
      augment: adaptiveAugment({ target: -0.9, speed: 40, interval: 2 }),
    };
    const [planned, plain] = [tinyTrainer(options), tinyTrainer(options)];
    for (let i = 0; i < 4; i++) {
      const images = tinyImages(4, i);
      if (i % 2 === 0) await planned.plan(images);
      expect(await planned.step(images)).toEqual(await plain.step(images));
    }
    expect(await planned.checkpoint()).toEqual(await plain.checkpoint());
  });

  test('leaves no tensor behind, also when a step of it throws', async () => {
    let broken = false;
    const trainer = tinyTrainer({
      latents: (batch) => [3, 2].map((width) => tf.fill([batch, width], broken ? Number.NaN : 0.5)),
    });
    const images = tinyImages(4);
    await trainer.plan(images);
    const before = tf.memory().numTensors;
    await trainer.plan(images);
    broken = true;
    await expect(trainer.plan(images)).rejects.toThrow(TrainingError);
    expect(tf.memory().numTensors).toBe(before);
    broken = false;
    expect((await trainer.step(images)).step).toBe(1);
  });

  test('counts parameters, updates, memory and images as they are', async () => {
    const trainer = tinyTrainer({
      penalties: [zeroCentred({ at: 'real', weight: 5, interval: 4 })],
      penaltyUpdate: 'separate',
      generatorInterval: 2,
      microBatch: { penalties: 2 },
    });
    const plan = await trainer.plan(tinyImages(6));
    for (const name of ['generator', 'discriminator'] as const) {
      expect(plan.parameters[name].total).toBe(trainer[name].countParams());
    }
    // Batch statistics, a mean and a variance of 8 features.
    expect(plan.parameters.generator.trainable).toBe(trainer.generator.countParams() - 16);
    expect(plan.phases).toEqual([
      {
        network: 'discriminator',
        interval: 1,
        pieces: 1,
        terms: [{ name: 'nonSaturating', weight: 1, interval: 1 }],
      },
      {
        network: 'discriminator',
        interval: 1,
        pieces: 3,
        terms: [{ name: 'zeroCentred(real)', weight: 5, interval: 4 }],
      },
      {
        network: 'generator',
        interval: 2,
        pieces: 1,
        terms: [
          { name: 'nonSaturating', weight: 1, interval: 1 },
          { name: 'regularization', weight: 1, interval: 1 },
        ],
      },
    ]);
    expect(
      plan.steps.map(({ first, share, penalties, updatesGenerator }) => [
        first,
        share,
        penalties,
        updatesGenerator,
      ]),
    ).toEqual([
      [0, 0.25, ['zeroCentred(real)'], false],
      [1, 0.5, [], true],
      [2, 0.25, [], false],
    ]);
    const mean = plan.steps.reduce((sum, { share, milliseconds }) => sum + share * milliseconds, 0);
    expect(plan.millisecondsPerStep).toBeCloseTo(mean, 6);
    expect(plan.imagesPerSecond).toBeCloseTo(6000 / mean, 6);
    const { generator, discriminator } = plan.parameters;
    // Weights, Adam's two slots, and the average.
    const elements =
      2 * generator.total + 2 * generator.trainable + discriminator.total + 2 * discriminator.trainable;
    expect(plan.stateBytes).toBe(4 * elements);
    expect(plan.peakBytes).toBeGreaterThan(plan.stateBytes);
  });

  test('of a larger batch needs more memory, in pieces less', async () => {
    const peak = async (batch: number, microBatch?: number) => {
      const trainer = tinyTrainer({ microBatch });
      const before = tf.memory().numBytes;
      return (await trainer.plan(tinyImages(batch))).peakBytes - before;
    };
    const [small, large, pieces] = [await peak(64), await peak(512), await peak(512, 64)];
    expect(large).toBeGreaterThan(3 * small);
    expect(pieces).toBeLessThan(0.5 * large);
  });

  test('reads as text', () => {
    const text = describePlan({
      batch: 16,
      parameters: {
        generator: { total: 1_234_567, trainable: 1_234_000 },
        discriminator: { total: 500, trainable: 500 },
      },
      phases: [
        {
          network: 'discriminator',
          interval: 1,
          pieces: 2,
          terms: [
            { name: 'hinge', weight: 1, interval: 1 },
            { name: 'zeroCentred(real)', weight: 5, interval: 16 },
          ],
        },
        { network: 'generator', interval: 3, pieces: 1, terms: [{ name: 'hinge', weight: 1, interval: 1 }] },
      ],
      steps: [
        {
          first: 0,
          share: 0.25,
          penalties: ['zeroCentred(real)'],
          updatesGenerator: true,
          milliseconds: 200.4,
        },
        { first: 1, share: 0.75, penalties: [], updatesGenerator: false, milliseconds: 100 },
      ],
      millisecondsPerStep: 125.1,
      imagesPerSecond: 127.9,
      stateBytes: 2 ** 20,
      peakBytes: 2.5 * 2 ** 20,
    });
    expect(text.split('\n')).toEqual([
      'generator: 1,234,567 parameters, 1,234,000 of them trained',
      'discriminator: 500 parameters',
      'update of the discriminator, every step, in 2 pieces: hinge + 5 zeroCentred(real) every 16, times 16',
      'update of the generator, every 3 steps: hinge',
      'memory: 2.5 MiB at most, 1.0 MiB of them weights and optimizers',
      '25 % of steps (with zeroCentred(real), generator): 200 ms',
      '75 % of steps (with nothing more): 100 ms',
      '125 ms a step of 16 images: 127.9 images a second',
    ]);
  });

  test('of images that do not fit is refused', async () => {
    const trainer = tinyTrainer();
    await expect(trainer.plan(tf.zeros([4, 4]))).rejects.toThrow(
      'Trainer.plan: images must be float32 [batch, 4, 4, 1], got "float32 [4, 4]"',
    );
  });
});
