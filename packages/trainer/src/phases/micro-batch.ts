import { argumentError, assertFields, assertInteger } from '@eigengan/core';

/** Images that pass through the networks at once, by update. */
export interface MicroBatchSizes {
  readonly discriminator?: number | undefined;
  /** Only with `penaltyUpdate: 'separate'`; otherwise the penalties are part of D's update. */
  readonly penalties?: number | undefined;
  readonly generator?: number | undefined;
}

/** Null: the whole batch at once. */
export interface MicroBatch {
  readonly discriminator: number | null;
  readonly penalties: number | null;
  readonly generator: number | null;
}

/** The fewest images that pass at once; infinite where every update takes the whole batch. */
export function smallestOf({ discriminator, penalties, generator }: MicroBatch): number {
  return Math.min(...[discriminator, penalties, generator].map((size) => size ?? Number.POSITIVE_INFINITY));
}

const names = ['discriminator', 'penalties', 'generator'] as const;

/** @throws ArgumentError when a size is no integer of at least 1, or one would be ignored */
export function microBatchOf(
  sizes: number | MicroBatchSizes | undefined,
  penaltyUpdate: 'joint' | 'separate',
): MicroBatch {
  const where = 'Trainer: microBatch';
  if (typeof sizes === 'number' || sizes === undefined) {
    if (sizes !== undefined) assertInteger(where, sizes, { min: 1 });
    const size = sizes ?? null;
    return { discriminator: size, penalties: size, generator: size };
  }
  if (typeof sizes !== 'object' || sizes === null) {
    throw argumentError(where, 'must be a number of images, or one for each update', sizes);
  }
  assertFields(where, sizes, names);
  for (const [name, size] of Object.entries(sizes)) {
    if (size !== undefined) assertInteger(`${where}.${name}`, size, { min: 1 });
  }
  if (sizes.penalties !== undefined && penaltyUpdate === 'joint') {
    throw argumentError(`${where}.penalties`, "needs penaltyUpdate: 'separate'", sizes.penalties);
  }
  const { discriminator = null, penalties = null, generator = null } = sizes;
  return { discriminator, penalties, generator };
}
