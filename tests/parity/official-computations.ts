import type { TensorRecord } from '@eigengan/core';
import { toOfficial, weightsByRole } from '@eigengan/eigengan-model';
import type { PenaltyContext } from '@eigengan/trainer';
import * as tf from '@tensorflow/tfjs-core';
import type * as tfl from '@tensorflow/tfjs-layers';
import type { OfficialCase } from './official-case';
import { officialLoss, type officialNetworks, officialPenalty, toTensor } from './official-model';

type Records = Readonly<Record<string, TensorRecord>>;

export type Networks = ReturnType<typeof officialNetworks>;

export function apply(model: tfl.LayersModel, inputs: tf.Tensor[]): tf.Tensor {
  const output = model.apply(inputs, { training: true });
  if (output instanceof tf.Tensor) return output;
  throw new Error(`${model.name} must have one output`);
}

export function input({ tensor }: OfficialCase, name: string): tf.Tensor {
  return toTensor(tensor(`inputs/${name}`));
}

/** The latents below a prefix in the order of the generator's inputs. */
export function latentsOf({ numbers, tensor }: OfficialCase, prefix: string): tf.Tensor[] {
  return ['eps', ...numbers.z_dims.map((_, i) => `z_${i}`)].map((name) =>
    toTensor(tensor(`${prefix}/${name}`)),
  );
}

export function penaltyContext(official: OfficialCase, discriminator: tfl.LayersModel): PenaltyContext {
  const real = input(official, 'x_real');
  const [batch = 0] = real.shape;
  return {
    real,
    part: { offset: 0, length: batch, of: batch },
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

export function discriminatorLoss(official: OfficialCase, { discriminator }: Networks): tf.Tensor {
  const logits = ['inputs/x_real', 'outputs/x_fake'].map((name) =>
    apply(discriminator, [toTensor(official.tensor(name))]),
  );
  const [real, fake] = logits;
  if (real === undefined || fake === undefined) throw new Error('no logits');
  const parts = officialLoss(official.numbers.training.loss).discriminator(real, fake);
  return tf.add(parts.real, parts.fake);
}

export function weightedPenalty(official: OfficialCase, { discriminator }: Networks): tf.Tensor {
  const {
    penalty,
    penalty_sample: at,
    penalty_weight: weight,
    penalty_interval: interval,
  } = official.numbers.training;
  const term = officialPenalty(penalty, { at, weight, alpha: () => input(official, 'alpha') });
  return tf.mul(weight * interval, term.evaluate(penaltyContext(official, discriminator)));
}

export function generatorLoss(official: OfficialCase, { generator, discriminator }: Networks): tf.Tensor {
  const logits = apply(discriminator, [apply(generator, latentsOf(official, 'inputs'))]);
  return tf.add(officialLoss(official.numbers.training.loss).generator(logits), orthogonality(generator));
}

export function orthogonality(generator: tfl.LayersModel): tf.Tensor {
  return generator.calculateLosses().reduce<tf.Tensor>((sum, loss) => tf.add(sum, loss), tf.scalar(0));
}

/** The gradients of a network's weights, under their official names and in their layout. */
export async function gradients(
  network: tfl.LayersModel,
  loss: () => tf.Tensor,
): Promise<Record<string, TensorRecord>> {
  const variables = weightsByRole(network);
  const { grads } = tf.variableGrads(() => tf.reshape<tf.Rank.R0>(loss(), []), [...variables.values()]);
  const byRole: Record<string, TensorRecord> = {};
  for (const [role, variable] of variables) {
    const gradient = grads[variable.name];
    if (gradient !== undefined) byRole[role] = await record(gradient);
  }
  return toOfficial(network, byRole);
}

export async function record(tensor: tf.Tensor): Promise<TensorRecord> {
  return { dtype: 'float32', shape: tensor.shape, data: Float32Array.from(await tensor.data<'float32'>()) };
}

export async function scalar(tensor: tf.Tensor): Promise<number> {
  return (await tensor.data<'float32'>())[0] ?? Number.NaN;
}

/** a - b for every tensor that a has. */
export function difference(a: Records, b: Records): Record<string, TensorRecord> {
  return elementwise(a, (name, value, i) => value - (b[name]?.data[i] ?? Number.NaN));
}

/** a + b for every tensor that a has; what b has not is zero there. */
export function sum(a: Records, b: Records): Record<string, TensorRecord> {
  return elementwise(a, (name, value, i) => value + (name in b ? (b[name]?.data[i] ?? Number.NaN) : 0));
}

function elementwise(
  tensors: Records,
  compute: (name: string, value: number, i: number) => number,
): Record<string, TensorRecord> {
  return Object.fromEntries(
    Object.entries(tensors).map(([name, { dtype, shape, data }]) => [
      name,
      { dtype, shape, data: Float32Array.from(data, (value, i) => compute(name, value, i)) },
    ]),
  );
}

export function isZero({ data }: TensorRecord): boolean {
  return data.every((value) => value === 0);
}

export function maximum(tensor: TensorRecord | undefined): number {
  return tensor === undefined ? Number.POSITIVE_INFINITY : Math.max(...Array.from(tensor.data, Math.abs));
}
