import { assertFinite, type RandomStream, restoreStream, type TensorRecord } from '@eigengan/core';
import * as tf from '@tensorflow/tfjs-core';
import { type DeviceCanary, readDevice } from '../device/device-canary';
import {
  assertNumbers,
  decodeWhole,
  encodeCheckpoint,
  readMetadata,
  type TrainerCheckpoint,
} from './checkpoint-format';
import {
  assertSameTensors,
  idleWeightsOf,
  slotNamesOf,
  type TrainerParts,
  tensorsOf,
  thawedWeightsOf,
  toRecord,
  toTensor,
} from './checkpoint-tensors';
import { assertSameConfiguration } from './configuration';

const where = 'checkpoint';

/** What is not in the parts. */
type Progress = Omit<
  TrainerCheckpoint,
  'formatVersion' | 'libraryVersion' | 'optimizers' | 'ema' | 'augmentation'
>;

/**
 * @throws TrainingError when an element is not finite, naming the tensor, or the device lost its memory;
 * ArgumentError when a score is not finite
 */
export async function writeCheckpoint(
  parts: TrainerParts,
  progress: Progress,
  memory: DeviceCanary,
): Promise<Uint8Array> {
  for (const [name, score] of Object.entries(progress.scores ?? {})) {
    assertFinite(`Trainer.checkpoint: scores.${name}`, score);
  }
  const content = {
    ...progress,
    optimizers: {
      generator: parts.generator.optimizer.numbers,
      discriminator: parts.discriminator.optimizer.numbers,
    },
    ema: parts.ema?.counts ?? null,
    augmentation: parts.augmentation?.numbers,
  };
  // References taken at once: what is awaited below is one moment's state, whatever trains meanwhile.
  const held = [...tensorsOf(parts)].map(([name, variable]) => ({
    name,
    value: tf.keep(tf.clone<tf.Tensor>(variable)),
  }));
  // By name: what was frozen when moves no tensor in the file.
  held.sort((a, b) => (a.name < b.name ? -1 : 1));
  const canary = memory.clone();
  try {
    const records: Record<string, TensorRecord> = {};
    const where = 'Trainer.checkpoint';
    for (const { name, value } of held) {
      records[name] = await readDevice(where, () => toRecord(name, value));
    }
    // After all of them, so that what was read before is good.
    await canary.verify(where);
    return encodeCheckpoint(records, content);
  } finally {
    canary.dispose();
    tf.dispose(held.map(({ value }) => value));
  }
}

/** A checkpoint that was found to fit; nothing is changed until `assign` is called. */
export interface ReadCheckpoint {
  readonly metadata: TrainerCheckpoint;
  readonly latentStream: RandomStream;
  assign(): void;
}

/** @throws FormatError naming what does not fit; ArgumentError when there are no bytes */
export function readCheckpoint(
  bytes: Uint8Array,
  parts: TrainerParts,
  configuration: unknown,
): ReadCheckpoint {
  const file = decodeWhole(bytes);
  const metadata = readMetadata(file);
  assertSameConfiguration(where, metadata.configuration, configuration);
  const latentStream = restoreStream(metadata.random.latents ?? []);
  const networks = [parts.generator, parts.discriminator];
  for (const { name, optimizer } of networks) {
    assertNumbers(`${where}: optimizers.${name}`, metadata.optimizers[name], Object.keys(optimizer.numbers));
  }
  if (parts.ema !== null)
    assertNumbers(`${where}: ema`, metadata.ema ?? {}, ['updates', 'images', 'pending']);
  if (parts.augmentation !== null) {
    const names = Object.keys(parts.augmentation.numbers);
    assertNumbers(`${where}: augmentation`, metadata.augmentation, names);
  }
  const idle = idleWeightsOf(parts, file.tensors);
  const thawed = thawedWeightsOf(parts, file.tensors);
  const own = tensorsOf(parts);
  for (const lone of idle) for (const name of slotNamesOf(lone)) own.set(name, lone.weight.variable);
  for (const lone of thawed) for (const name of slotNamesOf(lone)) own.delete(name);
  assertSameTensors(file.tensors, own);
  return {
    metadata,
    latentStream,
    assign: () => {
      for (const { network, weight } of thawed) network.optimizer.forget([weight.role]);
      for (const { network, weight } of idle) network.optimizer.prepare([weight]);
      for (const network of networks) {
        network.optimizer.numbers = metadata.optimizers[network.name];
      }
      if (parts.ema !== null && metadata.ema !== null) parts.ema.counts = metadata.ema;
      if (parts.augmentation !== null) parts.augmentation.numbers = metadata.augmentation ?? {};
      // Onto the variables themselves: setWeights would run constraints and change last bits.
      for (const [name, variable] of tensorsOf(parts)) {
        const record = file.tensors[name];
        if (record !== undefined) tf.tidy(() => variable.assign(toTensor(record)));
      }
    },
  };
}
