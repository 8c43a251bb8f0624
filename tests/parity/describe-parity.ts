import { useBackend } from '@eigengan/backends';
import type { TensorRecord } from '@eigengan/core';
import { readWeightsByRole, toOfficial, toOfficialWeights } from '@eigengan/eigengan-model';
import { adam, Trainer } from '@eigengan/trainer';
import * as tf from '@tensorflow/tfjs-core';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { describePlace, place } from '../backends/place';
import { type VariantName, variants } from '../backends/variants';
import { whyAbsent } from '../backends/why-absent';
import { type OfficialName, officialCase, officialNames } from './official-case';
import {
  apply,
  difference,
  discriminatorLoss,
  generatorLoss,
  gradients,
  input,
  isZero,
  latentsOf,
  maximum,
  orthogonality,
  penaltyContext,
  record,
  sampleOf,
  scalar,
  weightedPenalty,
} from './official-computations';
import { officialLoss, officialNetworks, officialPenalty, toTensor } from './official-model';
import { relativeError, relativeErrorOf } from './relative-error';

/**
 * Compares a backend with the official implementation: its images, logits, losses, penalties, gradients and
 * training steps. Skipped, with the reason in the name, where the backend cannot be had.
 */
export async function describeParity(
  name: VariantName,
  names: readonly OfficialName[] = officialNames,
): Promise<void> {
  const variant = variants[name];
  const title = 'parity with the official implementation';
  const absent = await whyAbsent(name, variant);
  if (absent !== undefined) {
    describe.skip(`${title} on ${name} in ${place}: ${absent}`, () => {
      it('is tested', () => {});
    });
    return;
  }
  const { software } = await useBackend(variant.backend, { threads: variant.threads, selfTest: false });
  // A program that plays the GPU takes minutes; in Chromium it runs the same shaders on all cases.
  const affordable = software && place === 'Node' ? names.slice(-1) : names;
  const cases = await Promise.all(affordable.map(officialCase));
  const tolerance = variant.tolerance.official;

  async function expectEqual(got: tf.Tensor, expected: TensorRecord): Promise<void> {
    expect(got.shape).toEqual(expected.shape);
    expect(relativeError({ value: await record(got) }, { value: expected })).toBeLessThan(tolerance);
  }

  /** Relative where the value is not almost zero. */
  function expectNear(got: number, expected: number): void {
    expect(Math.abs(got - expected)).toBeLessThan(tolerance * Math.max(Math.abs(expected), 1e-3));
  }

  describe(`${title} on ${name} in ${describePlace()}`, { timeout: 300_000 }, () => {
    beforeAll(async () => {
      await useBackend(variant.backend, { threads: variant.threads });
    });

    describe.each(cases)('$name', (official) => {
      let networks: ReturnType<typeof officialNetworks>;
      beforeEach(() => {
        tf.engine().startScope();
        networks = officialNetworks(official);
      });
      afterEach(() => {
        networks.generator.dispose();
        networks.discriminator.dispose();
        tf.engine().endScope();
      });

      it('has the same number of parameters', () => {
        expect(networks.generator.countParams()).toBe(official.numbers.parameters.generator);
        expect(networks.discriminator.countParams()).toBe(official.numbers.parameters.discriminator);
      });

      it('makes the same images and logits', async () => {
        const { generator, discriminator } = networks;
        const fake = apply(generator, latentsOf(official, 'inputs'));
        await expectEqual(fake, official.tensor('outputs/x_fake'));
        await expectEqual(
          apply(discriminator, [input(official, 'x_real')]),
          official.tensor('outputs/logit_real'),
        );
        await expectEqual(apply(discriminator, [fake]), official.tensor('outputs/logit_fake'));
      });

      it('has the same orthogonality loss', async () => {
        // Gram-Schmidt in the forward pass has none; the official number is then of the raw basis.
        if (official.numbers.gram_schmidt_in_forward) return;
        const weight = official.numbers.training.orthogonality_weight;
        expectNear(
          await scalar(orthogonality(networks.generator)),
          weight * official.numbers.orthogonality_loss,
        );
      });

      it('has the same gradient with respect to the images', async () => {
        const gradient = tf.grad((x) => tf.sum(apply(networks.discriminator, [x])))(
          input(official, 'x_real'),
        );
        await expectEqual(gradient, official.tensor('outputs/input_gradient_real'));
      });

      it.each(Object.entries(official.numbers.losses))('has the same loss %s', async (name, expected) => {
        const [real, fake] = ['logit_real', 'logit_fake'].map((key) =>
          toTensor(official.tensor(`outputs/${key}`)),
        );
        if (real === undefined || fake === undefined) throw new Error('no logits');
        const loss = officialLoss(name);
        const parts = loss.discriminator(real, fake);
        expectNear(await scalar(parts.real), expected.d_real);
        expectNear(await scalar(parts.fake), expected.d_fake);
        expectNear(await scalar(loss.generator(fake)), expected.g);
        if (expected.g_theoretical === undefined) return;
        const theoretical = officialLoss(name, 'theoretical').generator(fake);
        expectNear(await scalar(theoretical), expected.g_theoretical);
      });

      const penalties = Object.entries(official.numbers.gradient_penalties).flatMap(([name, samples]) =>
        Object.entries(samples).map(([at, value]) => ({ name, at, value })),
      );
      it.each(penalties)('has the same penalty $name at $at', async ({ name, at, value }) => {
        const term = officialPenalty(name, { at: sampleOf(at), alpha: () => input(official, 'alpha') });
        expectNear(await scalar(term.evaluate(penaltyContext(official, networks.discriminator))), value);
      });

      it.each(['d', 'd_without_penalty', 'g'] as const)('has the same gradients of %s', async (which) => {
        const network = which === 'g' ? networks.generator : networks.discriminator;
        const loss = {
          d: () => tf.add(discriminatorLoss(official, networks), weightedPenalty(official, networks)),
          d_without_penalty: () => discriminatorLoss(official, networks),
          g: () => generatorLoss(official, networks),
        }[which];
        const got = await gradients(network, () => tf.reshape<tf.Rank.R0>(loss(), []));
        const expected = official.tensors(`gradients/${which}/`);
        expect(Object.keys(got).sort()).toEqual(Object.keys(expected).sort());
        for (const [name, value] of Object.entries(expected)) {
          // A tensor of zeros has no relative error.
          const error = isZero(value)
            ? maximum(got[name])
            : relativeError({ name: got[name] ?? value }, { name: value });
          expect(error, name).toBeLessThan(tolerance);
        }
      });

      it('takes the same four training steps', async () => {
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
        const updates = relativeError(
          difference(after, before),
          difference(official.tensors('trained/'), before),
        );
        expect(updates).toBeLessThan(0.05);

        const average = toOfficial(trainer.emaGenerator, await readWeightsByRole(trainer.emaGenerator));
        const averageUpdates = relativeError(
          difference(average, before),
          difference(official.tensors('trained_ema/'), before),
        );
        expect(averageUpdates).toBeLessThan(0.05);
        const images = apply(trainer.emaGenerator, latentsOf(official, 'inputs'));
        const expectedImages = official.tensor('outputs/x_fake_trained_ema');
        expect(relativeError({ images: await record(images) }, { images: expectedImages })).toBeLessThan(
          0.02,
        );
        trainer.dispose();
      });
    });
  });
}
