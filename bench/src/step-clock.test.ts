import { useBackend } from '@eigengan/backends';
import { Trainer } from '@eigengan/trainer';
import * as tf from '@tensorflow/tfjs-core';
import { expect, test } from 'vitest';
import { StepClock } from './step-clock';
import { trainingOptions } from './training';

test("a step's two updates are parts of it, which share no more than the making of the fakes", async () => {
  await useBackend('cpu');
  const clock = new StepClock();
  const trainer = new Trainer(
    clock.watch(
      trainingOptions({
        generator: { size: 8, width: 0.02, maxWidth: 4, ranks: 1, noise: 2 },
        discriminator: { size: 8, width: 0.02, maxWidth: 4, denseWidth: 4 },
      }),
    ),
  );
  const real = tf.zeros([2, 8, 8, 3]);
  await clock.time(trainer, real);
  const { step, discriminator, generator } = await clock.time(trainer, real);
  expect(trainer.stepCount).toBe(2);
  for (const part of [discriminator, generator]) {
    expect(part).toBeGreaterThan(0);
    expect(part).toBeLessThan(step);
  }
  expect(discriminator + generator).toBeGreaterThan(step);
});
