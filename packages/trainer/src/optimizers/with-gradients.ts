import { argumentError } from '@eigengan/core';
import * as tf from '@tensorflow/tfjs-core';
import type { OptimizedWeight, Optimizer, OptimizerConfiguration, OptimizerState, Update } from './optimizer';

/** Gives an optimizer other gradients than those that were computed; called within a tidy. */
export type ChangeGradients = (updates: readonly Update[]) => readonly Update[];

/** An optimizer whose gradients are changed first; it keeps what the one inside keeps. */
export function withGradients(
  kind: string,
  inner: Optimizer,
  options: OptimizerConfiguration,
  change: ChangeGradients,
): Optimizer {
  if (typeof inner?.create !== 'function') {
    throw argumentError(kind, 'must be given an optimizer, e.g. adam()', inner);
  }
  return {
    kind,
    configuration: { ...options, optimizer: { kind: inner.kind, ...inner.configuration } },
    create: () => new ChangedGradients(inner.create(), change),
  };
}

class ChangedGradients implements OptimizerState {
  readonly #inner: OptimizerState;
  readonly #change: ChangeGradients;

  constructor(inner: OptimizerState, change: ChangeGradients) {
    this.#inner = inner;
    this.#change = change;
  }

  get slotNames() {
    return this.#inner.slotNames;
  }

  get slots() {
    return this.#inner.slots;
  }

  get scheduledRate() {
    return this.#inner.scheduledRate;
  }

  get numbers() {
    return this.#inner.numbers;
  }

  set numbers(numbers) {
    this.#inner.numbers = numbers;
  }

  prepare(weights: readonly OptimizedWeight[]): void {
    this.#inner.prepare(weights);
  }

  forget(roles: readonly string[]): void {
    this.#inner.forget(roles);
  }

  apply(updates: readonly Update[]): void {
    tf.tidy(() => this.#inner.apply(this.#change(updates)));
  }

  dispose(): void {
    this.#inner.dispose();
  }
}
