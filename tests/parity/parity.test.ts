import { type BackendName, useBackend } from '@eigengan/backends';
import type { TensorRecord } from '@eigengan/core';
import { readWeightsByRole, toOfficial, toOfficialWeights, weightsByRole } from '@eigengan/eigengan-model';
import { adam, type PenaltyContext, Trainer } from '@eigengan/trainer';
import * as tf from '@tensorflow/tfjs-core';
import type * as tfl from '@tensorflow/tfjs-layers';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type OfficialCase, officialCases } from './official-case';
import { officialLoss, officialNetworks, officialPenalty, toTensor } from './official-model';
import { relativeError, relativeErrorOf } from './relative-error';

/** What a correct float32 program stays below, per tensor. */
const tolerance = 1e-4;
const backends: readonly BackendName[] = ['cpu', 'wasm'];
const cases = officialCases();

it('finds the reference cases', () => {
  expect(cases.map(({ name }) => name)).toEqual(expect.arrayContaining(['gramschmidt32', 'gray64', 'rgb32']));
});

describe.each(backends)('parity with the official implementation on %s', (backend) => {
  beforeAll(async () => {
    await useBackend(backend);
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
      const gradient = tf.grad((x) => tf.sum(apply(networks.discriminator, [x])))(input(official, 'x_real'));
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
      expect(relativeError({ images: await record(images) }, { images: expectedImages })).toBeLessThan(0.02);
      trainer.dispose();
    });
  });
});

type Networks = ReturnType<typeof officialNetworks>;

function apply(model: tfl.LayersModel, inputs: tf.Tensor[]): tf.Tensor {
  const output = model.apply(inputs, { training: true });
  if (output instanceof tf.Tensor) return output;
  throw new Error(`${model.name} must have one output`);
}

function input({ tensor }: OfficialCase, name: string): tf.Tensor {
  return toTensor(tensor(`inputs/${name}`));
}

/** The latents below a prefix in the order of the generator's inputs. */
function latentsOf({ numbers, tensor }: OfficialCase, prefix: string): tf.Tensor[] {
  return ['eps', ...numbers.z_dims.map((_, i) => `z_${i}`)].map((name) =>
    toTensor(tensor(`${prefix}/${name}`)),
  );
}

function penaltyContext(official: OfficialCase, discriminator: tfl.LayersModel): PenaltyContext {
  return {
    real: input(official, 'x_real'),
    fake: toTensor(official.tensor('outputs/x_fake')),
    discriminate: (images) => apply(discriminator, [images]),
    random: {
      uniform: () => Number.NaN,
      normal: () => Number.NaN,
      integer: () => Number.NaN,
      state: () => [],
    },
    step: 0,
  };
}

function sampleOf(text: string): 'real' | 'fake' | 'line' | 'real+fake' {
  if (text === 'real' || text === 'fake' || text === 'line' || text === 'real+fake') return text;
  throw new Error(`no penalty is taken at ${text}`);
}

function discriminatorLoss(official: OfficialCase, { discriminator }: Networks): tf.Tensor {
  const logits = ['inputs/x_real', 'outputs/x_fake'].map((name) =>
    apply(discriminator, [toTensor(official.tensor(name))]),
  );
  const [real, fake] = logits;
  if (real === undefined || fake === undefined) throw new Error('no logits');
  const parts = officialLoss(official.numbers.training.loss).discriminator(real, fake);
  return tf.add(parts.real, parts.fake);
}

function weightedPenalty(official: OfficialCase, { discriminator }: Networks): tf.Tensor {
  const {
    penalty,
    penalty_sample: at,
    penalty_weight: weight,
    penalty_interval: interval,
  } = official.numbers.training;
  const term = officialPenalty(penalty, { at, weight, alpha: () => input(official, 'alpha') });
  return tf.mul(weight * interval, term.evaluate(penaltyContext(official, discriminator)));
}

function generatorLoss(official: OfficialCase, { generator, discriminator }: Networks): tf.Tensor {
  const logits = apply(discriminator, [apply(generator, latentsOf(official, 'inputs'))]);
  return tf.add(officialLoss(official.numbers.training.loss).generator(logits), orthogonality(generator));
}

function orthogonality(generator: tfl.LayersModel): tf.Tensor {
  return generator.calculateLosses().reduce<tf.Tensor>((sum, loss) => tf.add(sum, loss), tf.scalar(0));
}

/** The gradients of a network's weights, under their official names and in their layout. */
async function gradients(
  network: tfl.LayersModel,
  loss: () => tf.Scalar,
): Promise<Record<string, TensorRecord>> {
  const variables = weightsByRole(network);
  const { grads } = tf.variableGrads(loss, [...variables.values()]);
  const byRole: Record<string, TensorRecord> = {};
  for (const [role, variable] of variables) {
    const gradient = grads[variable.name];
    if (gradient !== undefined) byRole[role] = await record(gradient);
  }
  return toOfficial(network, byRole);
}

async function record(tensor: tf.Tensor): Promise<TensorRecord> {
  return { dtype: 'float32', shape: tensor.shape, data: Float32Array.from(await tensor.data<'float32'>()) };
}

async function scalar(tensor: tf.Tensor): Promise<number> {
  return (await tensor.data<'float32'>())[0] ?? Number.NaN;
}

/** a - b for every tensor that a has. */
function difference(
  a: Readonly<Record<string, TensorRecord>>,
  b: Readonly<Record<string, TensorRecord>>,
): Record<string, TensorRecord> {
  return Object.fromEntries(
    Object.entries(a).map(([name, { dtype, shape, data }]) => [
      name,
      { dtype, shape, data: Float32Array.from(data, (value, i) => value - (b[name]?.data[i] ?? Number.NaN)) },
    ]),
  );
}

async function expectEqual(got: tf.Tensor, expected: TensorRecord): Promise<void> {
  expect(got.shape).toEqual(expected.shape);
  expect(relativeError({ value: await record(got) }, { value: expected })).toBeLessThan(tolerance);
}

/** Relative where the value is not almost zero. */
function expectNear(got: number, expected: number): void {
  expect(Math.abs(got - expected)).toBeLessThan(tolerance * Math.max(Math.abs(expected), 1e-3));
}

function isZero({ data }: TensorRecord): boolean {
  return data.every((value) => value === 0);
}

function maximum(tensor: TensorRecord | undefined): number {
  return tensor === undefined ? Number.POSITIVE_INFINITY : Math.max(...Array.from(tensor.data, Math.abs));
}
