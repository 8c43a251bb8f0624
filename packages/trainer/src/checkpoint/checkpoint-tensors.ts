import { FormatError, formatError, type TensorRecord } from '@eigengan/core';
import * as tf from '@tensorflow/tfjs-core';
import type { AugmentationState } from '../augment/augmentation';
import type { MovingAverage } from '../ema/moving-average';
import type { Network } from '../networks/network';
import type { NetworkWeight } from '../networks/network-weights';
import { NonFiniteError } from '../watch/non-finite-error';
import { problemList } from './problem-list';

const where = 'checkpoint';

/** Everything that has a state. */
export interface TrainerParts {
  readonly generator: Network;
  readonly discriminator: Network;
  readonly ema: MovingAverage | null;
  readonly augmentation: AugmentationState | null;
}

/** Every tensor of the state under its name in a checkpoint. */
export function tensorsOf({ generator, discriminator, ema }: TrainerParts): Map<string, tf.Variable> {
  const tensors = new Map<string, tf.Variable>();
  for (const { name, weights, optimizer } of [generator, discriminator]) {
    for (const { role, variable } of weights) tensors.set(`${name}/${role}`, variable);
    for (const [slot, byRole] of optimizer.slots) {
      for (const [role, variable] of byRole) tensors.set(`optimizer/${name}/${slot}/${role}`, variable);
    }
  }
  for (const { role, variable } of ema?.weights ?? []) tensors.set(`ema/${role}`, variable);
  return tensors;
}

/** A weight that only one of the checkpoint and the trainer has optimizer state for. */
export interface LoneWeight {
  readonly network: Network;
  readonly weight: NetworkWeight;
}

/** Weights that only the checkpoint has optimizer state for: frozen here, trained there. */
export function idleWeightsOf(
  parts: TrainerParts,
  saved: Readonly<Record<string, TensorRecord>>,
): LoneWeight[] {
  return [parts.generator, parts.discriminator].flatMap((network) =>
    network.weights
      .map((weight) => ({ network, weight }))
      .filter(({ weight }) =>
        network.optimizer.slotNames.some(
          (slot) =>
            network.optimizer.slots.get(slot)?.has(weight.role) !== true &&
            `optimizer/${network.name}/${slot}/${weight.role}` in saved,
        ),
      ),
  );
}

/** Weights that only this trainer has optimizer state for: thawed after the checkpoint. */
export function thawedWeightsOf(
  parts: TrainerParts,
  saved: Readonly<Record<string, TensorRecord>>,
): LoneWeight[] {
  return [parts.generator, parts.discriminator].flatMap((network) =>
    network.weights
      .filter(({ role }) => network.isLate(role))
      .filter(({ role }) => [...network.optimizer.slots.values()].some((byRole) => byRole.has(role)))
      .map((weight) => ({ network, weight }))
      .filter((lone) => !slotNamesOf(lone).some((name) => name in saved)),
  );
}

/** The names under which a checkpoint has a weight's optimizer state. */
export function slotNamesOf({ network, weight }: LoneWeight): string[] {
  return network.optimizer.slotNames.map((slot) => `optimizer/${network.name}/${slot}/${weight.role}`);
}

/** @throws FormatError naming what is missing, of another form, or too many */
export function assertSameTensors(
  saved: Readonly<Record<string, TensorRecord>>,
  own: ReadonlyMap<string, tf.Variable>,
): void {
  const problems = [...own].flatMap(([name, variable]) => {
    const record = saved[name];
    if (record === undefined) return [`${name} missing`];
    const [is, was] = [formOf(variable), formOf(record)];
    return is === was ? [] : [`${name} ${was} where the model has ${is}`];
  });
  const extra = Object.keys(saved).filter((name) => !own.has(name));
  problems.push(...extra.map((name) => `${name} that the model does not have`));
  if (problems.length === 0) return;
  throw new FormatError(`${where}: tensors must be those of the trainer, got ${problemList(problems)}`, {
    hint: 'Make the models as they were; warmStart() takes what fits another model',
  });
}

/** `float32 [5, 8]`. */
export function formOf({
  dtype,
  shape,
}: {
  readonly dtype: string;
  readonly shape: readonly number[];
}): string {
  return `${dtype} [${shape.join(', ')}]`;
}

/** @throws NonFiniteError when an element is not finite */
export async function toRecord(name: string, tensor: tf.Tensor): Promise<TensorRecord> {
  const data = await tensor.data();
  if (tensor.dtype === 'float32' && data instanceof Float32Array) {
    const broken = data.find((value) => !Number.isFinite(value));
    if (broken !== undefined) {
      throw new NonFiniteError(
        'Trainer.checkpoint',
        'every value must be finite',
        { [name]: broken },
        'The last checkpoint written is still good',
      );
    }
    return { dtype: 'float32', shape: tensor.shape, data };
  }
  if (tensor.dtype === 'int32' && data instanceof Int32Array) {
    return { dtype: 'int32', shape: tensor.shape, data };
  }
  throw formatError(`${where}: ${name}`, 'weights must be float32 or int32', tensor.dtype);
}

export function toTensor({ data, shape, dtype }: TensorRecord): tf.Tensor {
  // Only these two pass the check of the tensors.
  return dtype === 'int32'
    ? tf.tensor(Int32Array.from(data), [...shape], 'int32')
    : tf.tensor(Float32Array.from(data), [...shape], 'float32');
}
