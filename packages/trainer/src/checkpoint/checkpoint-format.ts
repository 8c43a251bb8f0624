import {
  argumentError,
  type CheckpointMetadata,
  crc32,
  decodeSafetensors,
  describeValue,
  encodeSafetensors,
  FormatError,
  formatError,
  type LoaderState,
  libraryVersion,
  type SafetensorsFile,
  type TensorRecord,
} from '@eigengan/core';
import type { AverageCounts } from '../ema/share-kept';

const where = 'checkpoint';
const metadataKey = 'eigengan-checkpoint';
const checksumKey = 'eigengan-checksum';
const formatVersion = 1;

/** What the caller adds to a checkpoint. */
export interface CheckpointExtra {
  /** `loader.state()`, so that a resumed run gets the batches that come next. */
  readonly loader?: LoaderState | undefined;
  /** Measures of how good it is by name, finite; those of `fit`'s `keepBest` are found here. */
  readonly scores?: Readonly<Record<string, number>> | undefined;
  /** Anything else, as plain JSON. */
  readonly notes?: Readonly<Record<string, unknown>> | undefined;
}

/** The JSON of a trainer's checkpoint. */
export interface TrainerCheckpoint extends CheckpointMetadata, CheckpointExtra {
  /** The optimizers' counters and running products. */
  readonly optimizers: Readonly<Record<'generator' | 'discriminator', Readonly<Record<string, number>>>>;
  /** What the moving average has taken in; null without one. */
  readonly ema: AverageCounts | null;
  /** The augmentation's `numbers`; absent without one. */
  readonly augmentation?: Readonly<Record<string, number>> | undefined;
}

/** A checkpoint's file as bytes, with a checksum of all that is in it. */
export function encodeCheckpoint(
  tensors: Readonly<Record<string, TensorRecord>>,
  content: Omit<TrainerCheckpoint, 'formatVersion' | 'libraryVersion'>,
): Uint8Array {
  const metadata: TrainerCheckpoint = { formatVersion, libraryVersion, ...content };
  const json = JSON.stringify(metadata);
  return encodeSafetensors(tensors, { [metadataKey]: json, [checksumKey]: checksum(tensors, json) });
}

/**
 * Reads bytes that are whole: a safetensors file whose content has the checksum that it was written with. A
 * file without one is taken as it is.
 *
 * @throws FormatError when they are damaged, or never were one; ArgumentError when there are no bytes
 */
export function decodeWhole(bytes: Uint8Array): SafetensorsFile {
  if (!(bytes instanceof Uint8Array)) throw argumentError(where, 'must be a Uint8Array', bytes);
  if (bytes.length === 0) throw new FormatError(`${where}: must be a safetensors file, got an empty file`);
  refuseJson(bytes);
  const file = decode(bytes);
  const written = file.metadata[checksumKey];
  const found = checksum(file.tensors, file.metadata[metadataKey] ?? '');
  if (written !== undefined && written !== found) {
    throw formatError(`${where}: checksum`, `must be "${found}", that of its content`, written, {
      hint: 'The file is damaged; take an earlier one',
    });
  }
  return file;
}

/**
 * The JSON in a checkpoint.
 *
 * @throws FormatError when it is not there, of another version, or lacks a field, naming it
 */
export function readMetadata(file: SafetensorsFile): TrainerCheckpoint {
  const json = file.metadata[metadataKey];
  if (json === undefined) {
    throw new FormatError(
      `${where}: must carry the metadata "${metadataKey}", got a safetensors file of another kind`,
      { hint: 'Weights alone are enough to sample or for warmStart(), not to resume' },
    );
  }
  const metadata: TrainerCheckpoint | null = parseJson(json);
  if (metadata?.formatVersion !== formatVersion) {
    const writer: unknown = metadata?.libraryVersion;
    throw formatError(`${where}: formatVersion`, `must be ${formatVersion}`, metadata?.formatVersion, {
      hint:
        typeof writer === 'string'
          ? `It was written by version ${writer} of the packages; this is ${libraryVersion}`
          : undefined,
    });
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
export function assertNumbers(place: string, fields: object | undefined, names: readonly string[]): void {
  for (const name of names) {
    const value: unknown = fields === undefined ? undefined : Reflect.get(fields, name);
    if (!Number.isFinite(value)) throw formatError(`${place}: ${name}`, 'must be a number', value);
  }
}

/** Of the content, not of the bytes: another order of the tensors in the file is the same. */
function checksum(tensors: Readonly<Record<string, TensorRecord>>, json: string): string {
  const encoder = new TextEncoder();
  let crc = crc32(encoder.encode(json));
  for (const [name, { dtype, shape, data }] of Object.entries(tensors).sort(([a], [b]) => (a < b ? -1 : 1))) {
    crc = crc32(encoder.encode(JSON.stringify([name, dtype, shape])), crc);
    crc = crc32(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), crc);
  }
  return crc.toString(16).padStart(8, '0');
}

function decode(bytes: Uint8Array): SafetensorsFile {
  try {
    return decodeSafetensors(bytes);
  } catch (cause) {
    if (!(cause instanceof Error)) throw cause;
    throw new FormatError(`${where}: must be a whole safetensors file, but ${cause.message}`, {
      cause,
      hint: 'It is damaged, cut short, or a file of another kind',
    });
  }
}

function parseJson(json: string): TrainerCheckpoint | null {
  try {
    return JSON.parse(json);
  } catch (cause) {
    throw new FormatError(`${where}: the metadata must be JSON, got ${describeValue(json)}`, { cause });
  }
}

/** A saved model is a JSON file beside its weights, and so are a run's log and configuration. */
function refuseJson(bytes: Uint8Array): void {
  const start = new TextDecoder().decode(bytes.subarray(0, 8)).trimStart();
  // A header of 2^56 bytes would be needed for a safetensors file to look like this.
  if (!start.startsWith('{') || bytes[7] === 0) return;
  if (!new TextDecoder().decode(bytes).includes('"modelTopology"')) {
    throw new FormatError(`${where}: must be a safetensors file, got JSON`, {
      hint: 'Pass the checkpoint.safetensors of the run',
    });
  }
  throw new FormatError(
    `${where}: must be a checkpoint, got a saved model (model.json): it has no discriminator, no optimizer ` +
      'state, no moving average of its own, no step and no random state',
    {
      hint:
        'It is enough to sample, and as the generator of a new Trainer, not to resume; pass the ' +
        'checkpoint.safetensors of the run',
    },
  );
}
