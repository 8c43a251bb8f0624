import {
  argumentError,
  type CheckpointMetadata,
  decodeSafetensors,
  describeValue,
  encodeSafetensors,
  FormatError,
  formatError,
  type LoaderState,
  libraryVersion,
  type RandomStream,
  restoreStream,
  type TensorRecord,
} from '@eigengan/core';
import * as tf from '@tensorflow/tfjs-core';
import { type DeviceCanary, readDevice } from '../device/device-canary';
import {
  assertSameTensors,
  idleWeightsOf,
  slotNamesOf,
  type TrainerParts,
  tensorsOf,
  thawedSlotsOf,
  toRecord,
  toTensor,
} from './checkpoint-tensors';
import { assertSameConfiguration } from './configuration';

const where = 'checkpoint';
const metadataKey = 'eigengan-checkpoint';
const formatVersion = 1;

/** What the caller adds to a checkpoint. */
export interface CheckpointExtra {
  /** `loader.state()`, so that a resumed run gets the batches that come next. */
  readonly loader?: LoaderState | undefined;
  /** Anything else, as plain JSON. */
  readonly notes?: Readonly<Record<string, unknown>> | undefined;
}

/** The JSON of a trainer's checkpoint. */
export interface TrainerCheckpoint extends CheckpointMetadata, CheckpointExtra {
  /** The optimizers' counters and running products. */
  readonly optimizers: Readonly<Record<'generator' | 'discriminator', Readonly<Record<string, number>>>>;
  /** How often the moving average was updated; null without one. */
  readonly emaUpdates: number | null;
}

type Progress = Pick<TrainerCheckpoint, 'step' | 'images' | 'random' | 'configuration' | 'loader' | 'notes'>;

/** @throws TrainingError when an element is not finite, naming the tensor, or the device lost its memory */
export async function writeCheckpoint(
  parts: TrainerParts,
  progress: Progress,
  memory: DeviceCanary,
): Promise<Uint8Array> {
  const metadata: TrainerCheckpoint = {
    formatVersion,
    libraryVersion,
    ...progress,
    optimizers: {
      generator: parts.generator.optimizer.numbers,
      discriminator: parts.discriminator.optimizer.numbers,
    },
    emaUpdates: parts.ema?.updates ?? null,
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
    return encodeSafetensors(records, { [metadataKey]: JSON.stringify(metadata) });
  } finally {
    canary.dispose();
    tf.dispose(held.map(({ value }) => value));
  }
}

/** A checkpoint that was found to fit; nothing is changed until `assign` is called. */
export interface ReadCheckpoint {
  readonly metadata: TrainerCheckpoint;
  readonly streams: { readonly latents: RandomStream; readonly penalty: RandomStream };
  assign(): void;
}

/** @throws FormatError naming what does not fit; ArgumentError when there are no bytes */
export function readCheckpoint(
  bytes: Uint8Array,
  parts: TrainerParts,
  configuration: unknown,
): ReadCheckpoint {
  if (!(bytes instanceof Uint8Array)) throw argumentError(where, 'must be a Uint8Array', bytes);
  refuseSavedModel(bytes);
  const file = decodeSafetensors(bytes);
  const metadata = readMetadata(file.metadata[metadataKey]);
  assertSameConfiguration(where, metadata.configuration, configuration);
  const streams = {
    latents: restoreStream(metadata.random.latents ?? []),
    penalty: restoreStream(metadata.random.penalty ?? []),
  };
  const networks = [parts.generator, parts.discriminator];
  for (const { name, optimizer } of networks) {
    assertNumbers(`${where}: optimizers.${name}`, metadata.optimizers[name], Object.keys(optimizer.numbers));
  }
  if (parts.ema !== null) assertNumbers(where, metadata, ['emaUpdates']);
  const idle = idleWeightsOf(parts, file.tensors);
  const thawed = thawedSlotsOf(parts, file.tensors);
  const own = new Map([...tensorsOf(parts), ...idle.flatMap(slotNamesOf)]);
  for (const name of thawed.keys()) own.delete(name);
  assertSameTensors(file.tensors, own);
  return {
    metadata,
    streams,
    assign: () => {
      for (const { network, weight } of idle) network.optimizer.prepare([weight]);
      for (const network of networks) {
        network.optimizer.numbers = metadata.optimizers[network.name];
      }
      if (parts.ema !== null) parts.ema.updates = metadata.emaUpdates ?? 0;
      // Onto the variables themselves: setWeights would run constraints and change last bits.
      for (const [name, variable] of tensorsOf(parts)) {
        const record = file.tensors[name];
        if (record !== undefined) tf.tidy(() => variable.assign(toTensor(record)));
      }
      // Not zerosLike, which would read the variable, and its device may be lost.
      for (const variable of thawed.values()) {
        tf.tidy(() => variable.assign(tf.zeros(variable.shape, variable.dtype)));
      }
    },
  };
}

function readMetadata(json: string | undefined): TrainerCheckpoint {
  if (json === undefined) {
    throw new FormatError(
      `${where}: must carry the metadata "${metadataKey}", got a safetensors file of another kind`,
      { hint: 'Weights alone are enough to sample, not to resume' },
    );
  }
  const metadata: TrainerCheckpoint | null = parseJson(json);
  if (metadata?.formatVersion !== formatVersion) {
    throw formatError(`${where}: formatVersion`, `must be ${formatVersion}`, metadata?.formatVersion);
  }
  assertNumbers(where, metadata, ['step', 'images']);
  for (const field of ['random', 'configuration', 'optimizers'] as const) {
    if (typeof metadata[field] !== 'object' || metadata[field] === null) {
      throw formatError(`${where}: ${field}`, 'must be an object', metadata[field]);
    }
  }
  return metadata;
}

/** @throws FormatError naming the field that is not a finite number */
function assertNumbers(place: string, fields: object | undefined, names: readonly string[]): void {
  for (const name of names) {
    const value: unknown = fields === undefined ? undefined : Reflect.get(fields, name);
    if (!Number.isFinite(value)) throw formatError(`${place}: ${name}`, 'must be a number', value);
  }
}

function parseJson(json: string): TrainerCheckpoint | null {
  try {
    return JSON.parse(json);
  } catch (cause) {
    throw new FormatError(`${where}: the metadata must be JSON, got ${describeValue(json)}`, { cause });
  }
}

/** A saved model is a JSON file beside its weights; a safetensors file never starts so. */
function refuseSavedModel(bytes: Uint8Array): void {
  const start = new TextDecoder().decode(bytes.subarray(0, 8)).trimStart();
  // A header of 2^56 bytes would be needed for a safetensors file to look like this.
  if (!start.startsWith('{') || bytes[7] === 0) return;
  throw new FormatError(
    `${where}: must be a checkpoint, got a saved model (model.json): it has no discriminator, no optimizer ` +
      'state, no moving average of its own, no step and no random state',
    { hint: 'A saved model is enough to sample, not to resume; pass the checkpoint.safetensors of the run' },
  );
}
