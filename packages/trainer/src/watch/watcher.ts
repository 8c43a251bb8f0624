import { argumentError, assertInteger, type Batch } from '@eigengan/core';
import type * as tf from '@tensorflow/tfjs-core';
import type * as tfl from '@tensorflow/tfjs-layers';
import type { StepLog } from '../logs/step-log';
import type { Finding } from './training-event';

/** What a run is looked at for, and how often: a description, which may serve several runs. */
export interface Watcher {
  /** The `kind` of its events. */
  readonly kind: string;
  /** n, in steps: it looks after the steps n, 2n, ... of the trainer. */
  readonly every: number;
  /** Whether an event ends `fit`, after the whole step and with the checkpoint saved. */
  readonly stop: boolean;
  /**
   * Starts to watch one call of `fit`, before its first step.
   *
   * @throws ArgumentError when it cannot watch such a run
   */
  begin(run: WatchedRun): Watch;
}

/** A watcher at work. It changes nothing of the run: with it or without it the steps are the same, bit for bit. */
export interface Watch {
  /** Called after each step. The images stay `fit`'s, which disposes of them after the step. */
  see?(step: SeenStep): void;
  /**
   * Called after every n-th step: what is wrong now, or null. What stays wrong is told once; when more comes
   * to be `about`, or it was well in between, it is told again.
   */
  look(): Finding | null | Promise<Finding | null>;
  /** Frees its tensors when `fit` ends. */
  dispose?(): void;
}

/** A step that was done. */
export interface SeenStep extends Batch<tf.Tensor> {
  readonly log: StepLog;
}

/** What a watcher may look at. */
export interface WatchedRun {
  readonly generator: tfl.LayersModel;
  readonly discriminator: tfl.LayersModel;
  /** How many images a batch should hold, where the loader says so. */
  readonly batch: number | undefined;
  /** `count` latents from the stream `watch`, the same at each call; the caller disposes of them. */
  latents(count: number): tf.Tensor[];
  /**
   * The numbers that `compute` gives as tensors of one element, read in one transfer. `compute` runs at once,
   * in a tidy.
   *
   * @throws TrainingError when the device has lost its memory
   */
  read(compute: () => Readonly<Record<string, tf.Tensor>>): Promise<Readonly<Record<string, number>>>;
}

/** @throws ArgumentError when the list holds what is no watcher */
export function assertWatchers(watchers: readonly Watcher[]): void {
  if (!Array.isArray(watchers)) {
    throw argumentError('Trainer.fit: watch', 'must be an array of watchers, e.g. [collapse()]', watchers);
  }
  for (const watcher of watchers) {
    if (typeof watcher?.begin !== 'function' || typeof watcher.kind !== 'string') {
      throw argumentError('Trainer.fit: watch', 'each must be a watcher, e.g. collapse()', watcher);
    }
    assertPace(`Trainer.fit: watch ${watcher.kind}`, watcher);
  }
}

/** Checks what all watchers have. */
export function assertPace(where: string, { every, stop }: Pick<Watcher, 'every' | 'stop'>): void {
  assertInteger(`${where}: every`, every, { min: 1 });
  if (typeof stop !== 'boolean') throw argumentError(`${where}: stop`, 'must be true or false', stop);
}
