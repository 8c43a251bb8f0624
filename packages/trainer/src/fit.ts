import {
  argumentError,
  assertFields,
  assertInteger,
  type Batch,
  type Loader,
  TrainingError,
} from '@eigengan/core';
import type * as tf from '@tensorflow/tfjs-core';
import type { TrainerCallback } from './callbacks';
import { openSaver } from './checkpoint/checkpoint-saver';
import { checkFitCheckpoint, type FitCheckpoint } from './checkpoint/fit-checkpoint';
import type { Processes } from './collective/processes';
import { onFailure, unlessFailed } from './device/failure-signal';
import type { StepLog } from './logs/step-log';
import type { Pause } from './pause';
import type { Trainer } from './trainer';
import { loaderEnded, noSteps } from './watch/fit-findings';
import { NonFiniteError } from './watch/non-finite-error';
import type { TrainingEvent } from './watch/training-event';
import { assertWatchers, type WatchedRun, type Watcher } from './watch/watcher';
import { defaultWatchers, Watching } from './watch/watching';

export interface FitOptions {
  /**
   * How many steps the trainer shall have done in all, those before included; like tfjs's `epochs`. A loader
   * that ends sooner ends `fit` sooner.
   */
  readonly steps: number;
  /** One or several, called in this order. */
  readonly callbacks?: TrainerCallback | readonly TrainerCallback[] | undefined;
  /** Checkpoints while training. Default none. */
  readonly checkpoint?: FitCheckpoint | undefined;
  /**
   * Aborting it ends `fit` after the step under way, with the checkpoint saved; before the first step, without
   * one. It does not throw. Aborted with a failure, any Error but a DOMException AbortError or TimeoutError
   * (`lost` of a `BackendReport` of @eigengan/backends), it stops at once: `fit` rejects with that reason, no
   * further checkpoint is saved, and the trainer is good again after a `restore`. To have both, pass
   * `AbortSignal.any([mine, lost])`. It also ends a pause.
   */
  readonly signal?: AbortSignal | undefined;
  /**
   * What looks at the run from time to time; the callbacks' `onEvent` gets what it finds. Default
   * `[stuck(), saturated(), smallDataSet()]`, which cost next to nothing; `[]` for none.
   */
  readonly watch?: readonly Watcher[] | undefined;
}

/** What `fit` returns, in the shape of tfjs's History, by step instead of by epoch. */
export interface TrainingHistory {
  /** `logs.step` of each step. */
  readonly step: number[];
  /** Name -> value at each step; NaN at a step that did not report it. */
  readonly history: Record<string, number[]>;
  /** What was noticed on the way. */
  readonly events: readonly TrainingEvent[];
}

/** What a trainer lends to its `fit`. */
export interface FitAccess {
  /** Called with the failure that the signal is aborted with. */
  fail(failure: Error): void;
  readonly pause: Pause;
  /** Those that train together, in each of which the loop runs; null for one alone. */
  readonly processes: Processes | null;
  readonly watched: Omit<WatchedRun, 'batch'>;
}

/** The loop of `Trainer.fit`. */
export async function fit(
  trainer: Trainer,
  loader: Loader<tf.Tensor>,
  options: FitOptions,
  { fail, pause, processes, watched }: FitAccess,
): Promise<TrainingHistory> {
  if (typeof options !== 'object' || options === null) {
    throw argumentError('Trainer.fit', 'needs options with steps, e.g. { steps: 1000 }', options);
  }
  assertFields('Trainer.fit', options, ['steps', 'callbacks', 'checkpoint', 'signal', 'watch']);
  const { steps, callbacks = [], checkpoint, signal, watch = defaultWatchers() } = options;
  if (typeof loader?.[Symbol.asyncIterator] !== 'function' || typeof loader.state !== 'function') {
    throw argumentError('Trainer.fit: loader', 'must be a loader of batches with a state()', loader);
  }
  assertInteger('Trainer.fit: steps', steps, { min: 1 });
  if (checkpoint !== undefined) checkFitCheckpoint('Trainer.fit: checkpoint', checkpoint);
  assertWatchers(watch);
  const called = 'length' in callbacks ? callbacks : [callbacks];
  const stopListening = onFailure(signal, fail);
  const watching = new Watching(called);
  try {
    // A device that is lost already is not even looked at.
    await unlessFailed(signal, undefined);
    watching.begin(watch, { ...watched, batch: loader.batch });
    return await loop(trainer, loader, { steps, called, checkpoint, signal, pause, processes, watching });
  } catch (error) {
    if (error instanceof NonFiniteError) await watching.tell('non-finite', trainer.stepCount, error.finding);
    throw error;
  } finally {
    watching.dispose();
    stopListening();
  }
}

interface LoopOptions extends Pick<FitOptions, 'steps' | 'checkpoint' | 'signal'> {
  readonly called: readonly TrainerCallback[];
  readonly pause: Pause;
  readonly processes: Processes | null;
  readonly watching: Watching;
}

async function loop(
  trainer: Trainer,
  loader: Loader<tf.Tensor>,
  { steps, called, checkpoint, signal, pause, processes, watching }: LoopOptions,
): Promise<TrainingHistory> {
  /** Everything that is awaited may wait for a lost device for ever. */
  const settled = <T>(work: T | Promise<T>) => unlessFailed(signal, work);
  const history: TrainingHistory = { step: [], history: {}, events: watching.events };
  const { generator } = trainer;
  /** One process that stops stops all: no other could go on without it. */
  const anywhere = async (here: boolean) => (processes === null ? here : await settled(processes.any(here)));
  const done = () => trainer.stepCount >= steps;
  const stopped = () => signal?.aborted === true || generator.stopTraining || watching.stopped || done();
  generator.stopTraining = false;
  const saves = checkpoint !== undefined && processes?.isFirst !== false;
  const saver = saves ? await openSaver(trainer, checkpoint, settled) : undefined;
  for (const callback of called) {
    callback.setParams?.({ steps });
    callback.setModel?.(generator);
    await settled(callback.onTrainBegin?.());
  }
  await settled(pause.over(signal));
  if (done()) await settled(watching.tell('no-steps', trainer.stepCount, noSteps(trainer.stepCount, steps)));
  if (!(await anywhere(stopped()))) {
    let last: StepLog | undefined;
    let wasStopped = false;
    for await (const { images, index } of untilOneEnds(loader, anywhere)) {
      try {
        const step = trainer.stepCount;
        for (const callback of called) await settled(callback.onBatchBegin?.(step));
        const log = await settled(trainer.step(images));
        last = log;
        record(history, log);
        for (const callback of called) await settled(callback.onBatchEnd?.(step, log));
        await settled(watching.afterStep(trainer.stepCount, { images, index, log }));
      } finally {
        images.dispose();
      }
      if (checkpoint !== undefined && trainer.stepCount % checkpoint.every === 0) {
        await saver?.save(loader.state(), last);
      }
      await settled(letOthersRun());
      await settled(pause.over(signal));
      wasStopped = await anywhere(stopped());
      if (wasStopped) break;
    }
    if (!wasStopped) {
      await settled(watching.tell('loader-ended', trainer.stepCount, loaderEnded(trainer.stepCount, steps)));
    }
    if (last === undefined) throw new TrainingError('Trainer.fit: the loader must have a batch, got none');
    await saver?.save(loader.state(), last);
  }
  for (const callback of called) await settled(callback.onTrainEnd?.());
  return history;
}

/** A loader's batches, until that of any process ends. */
async function* untilOneEnds(
  loader: Loader<tf.Tensor>,
  anywhere: (here: boolean) => Promise<boolean>,
): AsyncGenerator<Batch<tf.Tensor>, void> {
  const batches = loader[Symbol.asyncIterator]();
  try {
    while (true) {
      const next = await batches.next();
      if (await anywhere(next.done === true)) {
        if (next.done !== true) next.value.images.dispose();
        return;
      }
      yield next.value;
    }
  } finally {
    await batches.return?.();
  }
}

function record({ step, history }: TrainingHistory, log: StepLog): void {
  for (const [name, value] of Object.entries(log)) {
    const column = history[name] ?? Array.from(step, () => Number.NaN);
    column.push(value);
    history[name] = column;
  }
  step.push(log.step ?? Number.NaN);
  for (const column of Object.values(history)) if (column.length < step.length) column.push(Number.NaN);
}

/** On synchronous backends awaiting gives only promises a turn; timers and signals (Ctrl-C) need this. */
function letOthersRun(): Promise<void> {
  return new Promise((resolve) => {
    if (typeof setImmediate === 'function') setImmediate(resolve);
    else setTimeout(resolve, 0);
  });
}
