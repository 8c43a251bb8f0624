import { useBackend } from '@eigengan/backends';
import type { TensorRecord } from '@eigengan/core';
import { GeneratorRenderer } from '@eigengan/eigengan-model';
import * as tf from '@tensorflow/tfjs-core';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { describePlace, place } from '../backends/place';
import { type VariantName, variants } from '../backends/variants';
import { whyAbsent } from '../backends/why-absent';
import { type OfficialCase, type OfficialName, officialCase, officialNames } from './official-case';
import {
  apply,
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
  scalar,
  sum,
  weightedPenalty,
} from './official-computations';
import { officialLoss, officialNetworks, officialPenalty, toTensor } from './official-model';
import { relativeError } from './relative-error';
import { expectSameSteps } from './training-steps';

const samples = ['real', 'fake', 'line', 'real+fake'] as const;
const allPenalties = ['0-gp', '1-gp', 'lp'].flatMap((name) => samples.map((at) => ({ name, at })));
/** Each sample and each penalty, for slow backends; all are compared with `cpu` in the trainer's own tests. */
const fewPenalties: typeof allPenalties = [
  { name: '0-gp', at: 'real' },
  { name: '1-gp', at: 'fake' },
  { name: 'lp', at: 'line' },
  { name: '0-gp', at: 'real+fake' },
];

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
  // A program that plays the GPU takes minutes: in Node it computes one case without the training steps, in
  // Chromium, where the shaders are the same, all of them and the steps of one.
  const affordable = software && place === 'Node' ? names.slice(-1) : names;
  const takesSteps = ({ name }: OfficialCase) => !software || (place === 'Chromium' && name === 'rgb32');
  const penalties = software || variant.backend === 'cpu' ? fewPenalties : allPenalties;
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

  describe(`${title} on ${name} in ${describePlace()}`, { timeout: 600_000 }, () => {
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

      it('renders the same images, folded, at once and one by one', async () => {
        const renderer = new GeneratorRenderer(networks.generator);
        const latents = latentsOf(official, 'inputs');
        const expected = official.tensor('outputs/x_fake');
        await expectEqual(renderer.render(latents), expected);
        const alone = Array.from({ length: expected.shape[0] ?? 0 }, (_, i) =>
          renderer.render(latents.map((latent) => tf.slice(latent, [i, 0], [1, -1]))),
        );
        await expectEqual(tf.concat(alone), expected);
        renderer.dispose();
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

      it.each(penalties)('has the same penalty $name at $at', async ({ name, at }) => {
        const term = officialPenalty(name, { at, alpha: () => input(official, 'alpha') });
        expectNear(
          await scalar(term.evaluate(penaltyContext(official, networks.discriminator))),
          official.numbers.gradient_penalties[name]?.[at] ?? Number.NaN,
        );
      });

      function expectGradients(got: Record<string, TensorRecord>, of: 'd' | 'd_without_penalty' | 'g'): void {
        const expected = official.tensors(`gradients/${of}/`);
        expect(Object.keys(got).sort()).toEqual(Object.keys(expected).sort());
        for (const [name, value] of Object.entries(expected)) {
          // A tensor of zeros has no relative error.
          const error = isZero(value)
            ? maximum(got[name])
            : relativeError({ name: got[name] ?? value }, { name: value });
          expect(error, `${of}: ${name}`).toBeLessThan(tolerance);
        }
      }

      it('has the same gradients of d, without its penalty and with it', async () => {
        const { discriminator } = networks;
        const without = await gradients(discriminator, () => discriminatorLoss(official, networks));
        expectGradients(without, 'd_without_penalty');
        const penalty = await gradients(discriminator, () => weightedPenalty(official, networks));
        expectGradients(sum(without, penalty), 'd');
      });

      it('has the same gradients of g', async () => {
        expectGradients(await gradients(networks.generator, () => generatorLoss(official, networks)), 'g');
      });

      it.runIf(takesSteps(official))('takes the same four training steps', () =>
        expectSameSteps(official, networks),
      );
    });
  });
}
