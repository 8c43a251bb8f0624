import { useBackend } from '@eigengan/backends';
import { Trainer } from '@eigengan/trainer';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, expect, test } from 'vitest';
import { StepClock } from './step-clock';
import { trainingOptions } from './training';

beforeAll(() => useBackend('cpu'));

const options = () =>
  trainingOptions({
    generator: { size: 8, width: 0.02, maxWidth: 4, ranks: 1, noise: 2 },
    discriminator: { size: 8, width: 0.02, maxWidth: 4, denseWidth: 4 },
  });

test("a step's two updates are parts of it, which share no more than the making of the fakes", async () => {
  const clock = new StepClock(options());
  const real = tf.zeros([2, 8, 8, 3]);
  await clock.time(real);
  const { step, discriminator, generator } = await clock.time(real);
  expect(clock.trainer.stepCount).toBe(2);
  for (const part of [discriminator, generator]) {
    expect(part).toBeGreaterThan(0);
    expect(part).toBeLessThan(step);
  }
  expect(discriminator + generator).toBeGreaterThan(step);
});

test('the steps are those of a trainer that nobody watches', async () => {
  const real = tf.zeros([2, 8, 8, 3]);
  const kernels = async (step: () => Promise<unknown>) => {
    await step();
    const profile = tf.profile(async () => {
      await step();
      return [];
    });
    return (await profile).kernels.map(({ name }) => name);
  };
  const clock = new StepClock(options());
  const trainer = new Trainer(options());
  const watched = await kernels(() => clock.time(real));
  expect(watched.length).toBeGreaterThan(100);
  expect(watched).toEqual(await kernels(() => trainer.step(real)));
});
