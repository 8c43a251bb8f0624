import { argumentError, type LoaderState, TrainingError } from '@eigengan/core';
import type { StepLog } from '../logs/step-log';
import type { Trainer } from '../trainer';
import type { CheckpointToStore, FitCheckpoint } from './fit-checkpoint';
import { type Scored, superfluous } from './retention';
import { readStored, scoreOf } from './stored-checkpoint';

/** Takes the checkpoints of `fit`. */
export interface CheckpointSaver {
  /** Nothing happens when this step was saved already. */
  save(loader: LoaderState, log: StepLog): Promise<void>;
}

const where = 'Trainer.fit: checkpoint';

/**
 * @param settled wraps all that is awaited
 * @throws ArgumentError when the store holds a whole checkpoint of a later step
 */
export async function openSaver(
  trainer: Pick<Trainer, 'stepCount' | 'checkpoint'>,
  options: FitCheckpoint,
  settled: <T>(work: T | Promise<T>) => Promise<T>,
): Promise<CheckpointSaver> {
  const keep =
    'save' in options
      ? async (bytes: Uint8Array, { step }: Scored) => options.save(bytes, step)
      : await settled(openStore(trainer, options));
  const keepBest = 'store' in options ? options.keepBest : undefined;
  let saved = -1;
  return {
    async save(loader, log) {
      const step = trainer.stepCount;
      if (saved === step) return;
      saved = step;
      const score = keepBest && (await settled(measured(keepBest, log)));
      // A file has no place for numbers that are not finite, and those are never the best.
      const scores = keepBest && Number.isFinite(score) ? { [keepBest.metric]: Number(score) } : undefined;
      const bytes = await settled(trainer.checkpoint({ loader, scores }));
      await settled(keep(bytes, { step, score }));
    },
  };
}

/** What puts a checkpoint into the store and then removes those that need not stay. */
async function openStore({ stepCount }: Pick<Trainer, 'stepCount'>, options: CheckpointToStore) {
  const { store, keepLast, keepBest } = options;
  let kept: Scored[] = [];
  for (const { step } of await store.list()) {
    if (step > stepCount) {
      // What is damaged is overwritten when its step comes.
      if ('damage' in (await readStored(store, step))) continue;
      throw argumentError(
        `${where}.store`,
        `must hold no checkpoint of a later step than the trainer's, ${stepCount}`,
        step,
        { hint: 'resumeFrom() it, remove() what is not wanted, or use another store' },
      );
    }
    const score = keepLast && keepBest && (await scoreOf(store, step, keepBest));
    kept.push({ step, score });
  }
  return async (bytes: Uint8Array, scored: Scored) => {
    await store.save(scored.step, bytes);
    // Only now, when the new one is durable.
    kept = [...kept.filter(({ step }) => step !== scored.step), scored];
    const removed = superfluous(kept, options);
    for (const step of removed) await store.remove(step);
    kept = kept.filter(({ step }) => !removed.includes(step));
  };
}

async function measured({ metric, measure }: NonNullable<CheckpointToStore['keepBest']>, log: StepLog) {
  const score: unknown = measure === undefined ? log[metric] : await measure();
  if (typeof score === 'number') return score;
  const place = measure === undefined ? `in the step's log (${Object.keys(log).join(', ')})` : 'from measure';
  throw new TrainingError(`${where}.keepBest: ${metric} must be a number ${place}, got ${String(score)}`);
}
