import { EigenganError, type FormatError, type SafetensorsFile } from '@eigengan/core';
import { decodeWhole, readMetadata } from './checkpoint-format';
import type { CheckpointStore } from './checkpoint-store';
import type { BestBy } from './retention';

/** What a store has under a step: a whole file, or what is wrong with it. */
export type StoredFile =
  | { readonly bytes: Uint8Array; readonly file: SafetensorsFile }
  | { readonly damage: FormatError };

/** Rejects when the store cannot be read, which is no damage. */
export async function readStored(store: CheckpointStore, step: number): Promise<StoredFile> {
  const bytes = await store.load(step);
  try {
    return { bytes, file: decodeWhole(bytes) };
  } catch (error) {
    if (EigenganError.is(error) && error.name === 'FormatError') return { damage: error };
    throw error;
  }
}

/** The score that a stored checkpoint carries; undefined without one, and when it is damaged. */
export async function scoreOf(
  store: CheckpointStore,
  step: number,
  { metric }: BestBy,
): Promise<number | undefined> {
  const stored = await readStored(store, step);
  return 'damage' in stored ? undefined : readMetadata(stored.file).scores?.[metric];
}
