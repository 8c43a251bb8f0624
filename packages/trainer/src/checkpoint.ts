import {
  type CheckpointMetadata,
  decodeSafetensors,
  encodeSafetensors,
  FormatError,
  formatError,
  type LoaderState,
  libraryVersion,
  type RandomStream,
  restoreStream,
  type TensorRecord,
  TrainingError,
} from '@eigengan/core';
import * as tf from '@tensorflow/tfjs-core';
import { assertSameConfiguration } from './configuration';
import type { MovingAverage } from './moving-average';
import type { Network } from './network';
import type { NetworkWeight } from './network-weights';

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

/** Everything that has tensors. */
export interface TrainerParts {
  readonly generator: Network;
  readonly discriminator: Network;
  readonly ema: MovingAverage | null;
}

type Progress = Pick<TrainerCheckpoint, 'step' | 'images' | 'random' | 'configuration' | 'loader' | 'notes'>;

/** @throws TrainingError when an element is not finite, naming the tensor */
export async function writeCheckpoint(parts: TrainerParts, progress: Progress): Promise<Uint8Array> {
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
  try {
    const records: Record<string, TensorRecord> = {};
    for (const { name, value } of held) records[name] = await toRecord(name, value);
    return encodeSafetensors(records, { [metadataKey]: JSON.stringify(metadata) });
  } finally {
    tf.dispose(held.map(({ value }) => value));
  }
}

/** A checkpoint that was found to fit; nothing is changed until `assign` is called. */
export interface ReadCheckpoint {
  readonly metadata: TrainerCheckpoint;
  readonly streams: { readonly latents: RandomStream; readonly penalty: RandomStream };
  assign(): void;
}

/** @throws FormatError naming what does not fit */
export function readCheckpoint(
  bytes: Uint8Array,
  parts: TrainerParts,
  configuration: unknown,
): ReadCheckpoint {
  refuseSavedModel(bytes);
  const file = decodeSafetensors(bytes);
  const metadata = readMetadata(file.metadata[metadataKey]);
  assertSameConfiguration(where, metadata.configuration, configuration);
  const streams = {
    latents: restoreStream(metadata.random.latents ?? []),
    penalty: restoreStream(metadata.random.penalty ?? []),
  };
  const idle = idleWeightsOf(parts, file.tensors);
  assertSameTensors(file.tensors, new Map([...tensorsOf(parts), ...idle.flatMap(slotNamesOf)]));
  return {
    metadata,
    streams,
    assign: () => {
      for (const { network, weight } of idle) network.optimizer.prepare([weight]);
      for (const network of [parts.generator, parts.discriminator]) {
        network.optimizer.numbers = metadata.optimizers[network.name];
      }
      if (parts.ema !== null) parts.ema.updates = metadata.emaUpdates ?? 0;
      // Onto the variables themselves: setWeights would run constraints and change last bits.
      for (const [name, variable] of tensorsOf(parts)) {
        const record = file.tensors[name];
        if (record !== undefined) tf.tidy(() => variable.assign(toTensor(record)));
      }
    },
  };
}

/** Every tensor of the state under its name in a checkpoint. */
function tensorsOf({ generator, discriminator, ema }: TrainerParts): Map<string, tf.Variable> {
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

interface IdleWeight {
  readonly network: Network;
  readonly weight: NetworkWeight;
}

/** Weights that the checkpoint has optimizer state for and this trainer has not: frozen here, trained there. */
function idleWeightsOf(parts: TrainerParts, saved: Readonly<Record<string, TensorRecord>>): IdleWeight[] {
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

function slotNamesOf({ network, weight }: IdleWeight): [string, tf.Variable][] {
  return network.optimizer.slotNames.map((slot) => [
    `optimizer/${network.name}/${slot}/${weight.role}`,
    weight.variable,
  ]);
}

function assertSameTensors(
  saved: Readonly<Record<string, TensorRecord>>,
  own: ReadonlyMap<string, tf.Variable>,
): void {
  const problems = [...own].flatMap(([name, { shape, dtype }]) => {
    const record = saved[name];
    if (record === undefined) return [`${name} missing`];
    const [is, was] = [describe(dtype, shape), describe(record.dtype, record.shape)];
    return is === was ? [] : [`${name} ${was} where the model has ${is}`];
  });
  const extra = Object.keys(saved).filter((name) => !own.has(name));
  problems.push(...extra.map((name) => `${name} that the model does not have`));
  if (problems.length === 0) return;
  const shown = problems.slice(0, 8).join('; ');
  const rest = problems.length > 8 ? `; and ${problems.length - 8} more` : '';
  throw new FormatError(`${where}: tensors must be those of the trainer, got ${shown}${rest}`);
}

function describe(dtype: string, shape: readonly number[]): string {
  return `${dtype} [${shape.join(', ')}]`;
}

function readMetadata(json: string | undefined): TrainerCheckpoint {
  if (json === undefined) {
    throw new FormatError(
      `${where}: must carry the metadata "${metadataKey}", got a safetensors file of another kind`,
      { hint: 'Weights alone are enough to sample, not to resume' },
    );
  }
  const metadata: TrainerCheckpoint = JSON.parse(json);
  if (metadata.formatVersion !== formatVersion) {
    throw formatError(`${where}: formatVersion`, `must be ${formatVersion}`, metadata.formatVersion);
  }
  return metadata;
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

async function toRecord(name: string, tensor: tf.Tensor): Promise<TensorRecord> {
  const data = await tensor.data();
  if (tensor.dtype === 'float32' && data instanceof Float32Array) {
    const broken = data.find((value) => !Number.isFinite(value));
    if (broken !== undefined) {
      throw new TrainingError(`Trainer.checkpoint: every value must be finite, got ${broken} in ${name}`, {
        hint: 'The last checkpoint written is still good',
      });
    }
    return { dtype: 'float32', shape: tensor.shape, data };
  }
  if (tensor.dtype === 'int32' && data instanceof Int32Array) {
    return { dtype: 'int32', shape: tensor.shape, data };
  }
  throw formatError(`${where}: ${name}`, 'weights must be float32 or int32', tensor.dtype);
}

function toTensor({ data, shape, dtype }: TensorRecord): tf.Tensor {
  // Only these two pass the check of the tensors.
  return dtype === 'int32'
    ? tf.tensor(Int32Array.from(data), [...shape], 'int32')
    : tf.tensor(Float32Array.from(data), [...shape], 'float32');
}
