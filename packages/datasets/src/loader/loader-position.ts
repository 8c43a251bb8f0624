import { argumentError, assertInteger, type LoaderState } from '@eigengan/core';
import type { LoaderPlan } from './loader-options';

/** How far a loader has come: whole epochs, and batches of the current one. */
export interface LoaderPosition {
  readonly epoch: number;
  /** 0 .. batchesPerEpoch; the latter is the end of the epoch, before the next. */
  readonly batches: number;
}

/** What must agree between a state and the loader that it is restored to, as a state holds it. */
function settingsOf({ length, batch, seed, shuffle, flip }: LoaderPlan) {
  return { length, batch, seed, shuffle: Number(shuffle), flip: Number(flip) };
}

export function stateOf(plan: LoaderPlan, { epoch, batches }: LoaderPosition): LoaderState {
  return { epoch, batches, ...settingsOf(plan) };
}

/** @throws ArgumentError when the state is none, or one of a loader with other settings */
export function positionOf(plan: LoaderPlan, state: LoaderState): LoaderPosition {
  const where = 'loader.restore';
  if (typeof state !== 'object' || state === null) {
    throw argumentError(where, 'needs what state() returned', state);
  }
  for (const [name, expected] of Object.entries(settingsOf(plan))) {
    if (state[name] !== expected) {
      throw argumentError(`${where}: ${name}`, `must be ${expected}, as in this loader`, state[name]);
    }
  }
  const { epoch, batches } = state;
  assertInteger(`${where}: epoch`, epoch, { min: 0 });
  assertInteger(`${where}: batches`, batches, { min: 0, max: plan.batchesPerEpoch });
  return { epoch, batches };
}
