import type { CheckpointStore } from './checkpoint-store';
import { assertStore } from './fit-checkpoint';
import { type BestBy, bestOf, checkBestBy } from './retention';
import { scoreOf } from './stored-checkpoint';

/**
 * The best of a store's checkpoints, by what `fit` measured with `keepBest`; of equally good ones the earliest.
 * Reads all of them; damaged ones are passed over.
 *
 * @returns null when none carries the metric
 */
export async function bestCheckpoint(
  store: CheckpointStore,
  by: BestBy,
): Promise<{ readonly step: number; readonly score: number } | null> {
  assertStore('bestCheckpoint: store', store);
  checkBestBy('bestCheckpoint', by);
  const scored: { step: number; score: number }[] = [];
  for (const { step } of await store.list()) {
    const score = await scoreOf(store, step, by);
    if (score !== undefined) scored.push({ step, score });
  }
  return bestOf(scored, by.mode) ?? null;
}
