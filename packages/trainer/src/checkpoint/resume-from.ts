import { FormatError, formatError, type Loader } from '@eigengan/core';
import { processesOf } from '../collective/processes';
import type { Trainer } from '../trainer';
import { readMetadata, type TrainerCheckpoint } from './checkpoint-format';
import type { CheckpointStore } from './checkpoint-store';
import { assertStore } from './fit-checkpoint';
import { problemList } from './problem-list';
import { readStored } from './stored-checkpoint';

/** Where a run goes on. */
export interface Resumed {
  readonly checkpoint: TrainerCheckpoint;
  /** Newer ones that are damaged, newest first. They stay in the store until `fit` overwrites them. */
  readonly skipped: readonly SkippedCheckpoint[];
}

export interface SkippedCheckpoint {
  readonly step: number;
  /** What is wrong with it. */
  readonly reason: string;
}

/**
 * Restores a trainer, and the loader, from the newest checkpoint of a store that is whole. Damaged ones are
 * passed over, and told; one that is whole and does not fit is an error. Of processes that train together rank
 * 0 looks and tells, for all of them.
 *
 * @returns null when the store is empty, so that the same program begins a run and goes on with it
 * @throws FormatError when all are damaged, when the newest whole one does not fit (see `trainer.restore`), or
 * holds no state for the loader: nothing is changed then
 */
export async function resumeFrom(
  trainer: Trainer,
  store: CheckpointStore,
  loader?: Pick<Loader<unknown>, 'restore'>,
): Promise<Resumed | null> {
  assertStore('resumeFrom: store', store);
  const skipped: SkippedCheckpoint[] = [];
  const find = async () => (await newestWhole(store, loader !== undefined, skipped)) ?? new Uint8Array(0);
  const bytes = await (processesOf(trainer.collective)?.share(find) ?? find());
  if (bytes.length === 0) return null;
  const checkpoint = await trainer.restore(bytes);
  if (checkpoint.loader !== undefined) loader?.restore(checkpoint.loader);
  return { checkpoint, skipped };
}

/** The bytes of the newest checkpoint that is whole, null of an empty store; adds those passed over. */
async function newestWhole(
  store: CheckpointStore,
  needsLoader: boolean,
  skipped: SkippedCheckpoint[],
): Promise<Uint8Array | null> {
  for (const { step } of [...(await store.list())].reverse()) {
    const stored = await readStored(store, step);
    if ('damage' in stored) {
      skipped.push({ step, reason: stored.damage.message });
      continue;
    }
    const metadata = readMetadata(stored.file);
    if (metadata.step !== step) {
      throw formatError('resumeFrom: step', `must be ${step}, as in the store`, metadata.step);
    }
    if (needsLoader && metadata.loader === undefined) {
      throw formatError(
        'resumeFrom: loader',
        `the checkpoint of step ${step} must hold its state`,
        undefined,
      );
    }
    return stored.bytes;
  }
  if (skipped.length === 0) return null;
  const reasons = skipped.map(({ step, reason }) => `step ${step}: ${reason}`);
  throw new FormatError(`resumeFrom: the store must hold a whole checkpoint, got ${problemList(reasons)}`);
}
