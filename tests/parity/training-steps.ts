import { readWeightsByRole, toOfficial, toOfficialWeights } from '@eigengan/eigengan-model';
import { adam, Trainer } from '@eigengan/trainer';
import { expect } from 'vitest';
import type { OfficialCase } from './official-case';
import { apply, difference, latentsOf, type Networks, record } from './official-computations';
import { officialLoss, officialPenalty, toTensor } from './official-model';
import { relativeError, relativeErrorOf } from './relative-error';

/** Takes the four training steps of a case, and expects the official losses, updates, averages and images. */
export async function expectSameSteps(official: OfficialCase, networks: Networks): Promise<void> {
  const { training } = official.numbers;
  let step = 0;
  const alpha = () => toTensor(official.tensor(`training/${step}/alpha`));
  const { learning_rate: learningRate, ...rest } = training.adam;
  const trainer = new Trainer({
    ...networks,
    latents: () => latentsOf(official, `training/${step}`),
    loss: officialLoss(training.loss),
    penalties: [
      officialPenalty(training.penalty, {
        at: training.penalty_sample,
        weight: training.penalty_weight,
        interval: training.penalty_interval,
        alpha,
      }),
    ],
    optimizers: {
      generator: adam({ learningRate, ...rest }),
      discriminator: adam({ learningRate, ...rest }),
    },
    ema: { decay: training.ema_decay, warmup: false },
    seed: 0,
  });
  const before = await toOfficialWeights(networks.generator, networks.discriminator);
  for (const expected of training.steps) {
    step++;
    const real = toTensor(official.tensor(`training/${step}/x_real`));
    const log = await trainer.step(real);
    expect(relativeErrorOf(log.d_real ?? Number.NaN, expected.d_real)).toBeLessThan(0.02);
    expect(relativeErrorOf(log.d_fake ?? Number.NaN, expected.d_fake)).toBeLessThan(0.02);
    expect(relativeErrorOf(log.g_loss ?? Number.NaN, expected.g)).toBeLessThan(0.02);
    expect(log.penalty_evaluated).toBe(expected.penalty_applied ? 1 : 0);
    if (expected.penalty_applied) {
      expect(relativeErrorOf(log.penalty ?? Number.NaN, expected.penalty)).toBeLessThan(0.02);
    }
  }
  const after = await toOfficialWeights(networks.generator, networks.discriminator);
  const updates = relativeError(difference(after, before), difference(official.tensors('trained/'), before));
  expect(updates).toBeLessThan(0.05);

  const average = toOfficial(trainer.emaGenerator, await readWeightsByRole(trainer.emaGenerator));
  const averageUpdates = relativeError(
    difference(average, before),
    difference(official.tensors('trained_ema/'), before),
  );
  expect(averageUpdates).toBeLessThan(0.05);
  const images = apply(trainer.emaGenerator, latentsOf(official, 'inputs'));
  const expectedImages = official.tensor('outputs/x_fake_trained_ema');
  expect(relativeError({ images: await record(images) }, { images: expectedImages })).toBeLessThan(0.02);
  trainer.dispose();
}
