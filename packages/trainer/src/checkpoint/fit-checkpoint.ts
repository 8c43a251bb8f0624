import { argumentError, assertFields, assertInteger } from '@eigengan/core';
import type { CheckpointStore } from './checkpoint-store';
import { type BestBy, checkRetention, type Retention } from './retention';

/** Checkpoints while `fit` trains: to a function, or to a store. */
export type FitCheckpoint = CheckpointToFunction | CheckpointToStore;

export interface CheckpointToFunction {
  /** In steps; one more is taken when `fit` ends. */
  readonly every: number;
  /** Gets the bytes, the loader's state included, e.g. to write them with `saveTo(path)`. Awaited. */
  readonly save: (bytes: Uint8Array, step: number) => void | Promise<void>;
}

export interface CheckpointToStore extends Retention {
  /** In steps; one more is taken when `fit` ends. */
  readonly every: number;
  /**
   * Where they go. Refused when it holds a whole one of a later step than the trainer's: that is to be
   * resumed, not overwritten.
   */
  readonly store: CheckpointStore;
  /** The best one stays too, however old. Without `keepLast` all stay, and their scores are in them. */
  readonly keepBest?: KeepBest | undefined;
}

export interface KeepBest extends BestBy {
  /**
   * Measures the metric when a checkpoint is taken, e.g. a distance from the data. Awaited. Default: the
   * number of that name in the step's log.
   */
  readonly measure?: (() => number | Promise<number>) | undefined;
}

/** @throws ArgumentError when an option of `where` breaks a rule, or goes with another kind of checkpoint */
export function checkFitCheckpoint(where: string, options: FitCheckpoint): void {
  assertFields(where, options, ['every', 'save', 'store', 'keepLast', 'keepBest']);
  assertInteger(`${where}.every`, options.every, { min: 1 });
  if ('store' in options === 'save' in options) {
    throw argumentError(where, 'needs one of save and store', Object.keys(options));
  }
  if ('save' in options) {
    if (typeof options.save !== 'function') {
      throw argumentError(`${where}.save`, 'must be a function, e.g. saveTo(path)', options.save);
    }
    const extra = ['keepLast', 'keepBest'].find((name) => name in options);
    if (extra !== undefined) {
      throw argumentError(`${where}.${extra}`, 'needs a store', Object.keys(options));
    }
    return;
  }
  assertStore(`${where}.store`, options.store);
  checkRetention(where, options);
  const { measure } = options.keepBest ?? {};
  if (measure !== undefined && typeof measure !== 'function') {
    throw argumentError(`${where}.keepBest.measure`, 'must be a function', measure);
  }
}

/** @throws ArgumentError */
export function assertStore(where: string, store: unknown): asserts store is CheckpointStore {
  const needed = ['save', 'load', 'list', 'remove'];
  const has = (name: string) =>
    typeof store === 'object' && store !== null && typeof Reflect.get(store, name) === 'function';
  if (!needed.every(has)) throw argumentError(where, 'must be a store, e.g. fileStore(folder)', store);
}
