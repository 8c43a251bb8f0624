import { argumentError, assertFields, assertInteger, assertOneOf, type ImageSource } from '@eigengan/core';

export interface LoaderOptions {
  /** Images a batch. */
  readonly batch: number;
  /** 0 by default. */
  readonly seed?: number | undefined;
  /** A new order each epoch; true by default. Without it the source's own order, each epoch the same. */
  readonly shuffle?: boolean | undefined;
  /** Each image mirrored left to right with probability 1/2; false by default. */
  readonly flip?: boolean | undefined;
  /** How many batches are made ready ahead; 2 by default, 0 for none. */
  readonly prefetch?: number | undefined;
  /** Ends after so many epochs; endless by default. */
  readonly epochs?: number | undefined;
  /**
   * The part of each batch that this loader reads, one of `size` equal ones, for processes that train together:
   * what `openMpi()` of @eigengan/trainer gives. `batch` counts the images of all. The whole by default.
   */
  readonly shard?: LoaderShard | undefined;
  /**
   * What happens when `source.read` says, by a FormatError, that an image is damaged. `skip` (the default)
   * takes the next whole one by number instead, the first after the last; `throw` refuses it.
   */
  readonly damaged?: 'skip' | 'throw' | undefined;
  /** Called once for each image that is skipped, when it is found. Must not throw. */
  readonly onDamaged?: ((index: number, error: Error) => void) | undefined;
}

/** Part `rank`, from 0 on, of `size`. */
export interface LoaderShard {
  readonly rank: number;
  readonly size: number;
}

/** What decides which batches come: with these equal, a state means the same. */
export interface LoaderPlan {
  readonly length: number;
  readonly batch: number;
  readonly seed: number;
  readonly shuffle: boolean;
  readonly flip: boolean;
  readonly batchesPerEpoch: number;
  readonly prefetch: number;
  readonly epochs: number;
  readonly shard: LoaderShard;
}

const optionNames = [
  'batch',
  'seed',
  'shuffle',
  'flip',
  'prefetch',
  'epochs',
  'shard',
  'damaged',
  'onDamaged',
] as const satisfies readonly (keyof LoaderOptions)[];

const where = 'loader';

/** @throws ArgumentError for a bad option, or a source that cannot fill one batch */
export function planOf(source: ImageSource, options: LoaderOptions): LoaderPlan {
  if (typeof options !== 'object' || options === null) {
    throw argumentError(where, 'needs options with a batch, e.g. { batch: 32 }', options);
  }
  assertFields(where, options, optionNames);
  const { batch, seed = 0, shuffle = true, flip = false, prefetch = 2, epochs, damaged = 'skip' } = options;
  assertOneOf(`${where}: damaged`, damaged, ['skip', 'throw']);
  const { rank, size } = options.shard ?? { rank: 0, size: 1 };
  assertInteger(`${where}: batch`, batch, { min: 1 });
  assertInteger(`${where}: seed`, seed, { min: 0 });
  assertInteger(`${where}: prefetch`, prefetch, { min: 0, max: 1024 });
  if (epochs !== undefined) assertInteger(`${where}: epochs`, epochs, { min: 1 });
  assertInteger(`${where}: shard.size`, size, { min: 1 });
  assertInteger(`${where}: shard.rank`, rank, { min: 0, max: size - 1 });
  if (batch % size !== 0) {
    throw argumentError(`${where}: batch`, `must be a multiple of the ${size} shards`, batch);
  }
  for (const [name, value] of Object.entries({ shuffle, flip })) {
    if (typeof value !== 'boolean') throw argumentError(`${where}: ${name}`, 'must be true or false', value);
  }
  if (typeof source !== 'object' || source === null || typeof source.read !== 'function') {
    throw argumentError(`${where}: source`, 'must be { length, shape, read(index) }', source);
  }
  const { length, shape } = source;
  // A batch's index is an Int32Array.
  assertInteger(`${where}: source.length`, length, { min: 0, max: 2 ** 31 });
  if (!Array.isArray(shape) || shape.length !== 3) {
    throw argumentError(`${where}: source.shape`, 'must be [height, width, channels]', shape);
  }
  for (const edge of shape) assertInteger(`${where}: source.shape`, edge, { min: 1 });
  if (length < batch) {
    const hint = length === 0 ? 'The source is empty' : `Use a batch of at most ${length}, or more images`;
    throw argumentError(where, `the source must hold at least one batch of ${batch} images`, length, {
      hint,
    });
  }
  const batchesPerEpoch = Math.floor(length / batch);
  return {
    length,
    batch,
    seed,
    shuffle,
    flip,
    batchesPerEpoch,
    prefetch,
    epochs: epochs ?? Infinity,
    shard: { rank, size },
  };
}
