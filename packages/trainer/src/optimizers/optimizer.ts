import type * as tf from '@tensorflow/tfjs-core';

/** A weight, its gradient, and the role under which an optimizer keeps what belongs to it. */
export interface Update {
  readonly role: string;
  readonly variable: tf.Variable;
  readonly gradient: tf.Tensor;
}

/**
 * How weights follow their gradients: a description, which may serve several networks; the state is in what
 * `create` makes.
 */
export interface Optimizer {
  /** `adam`, `sgd`, ... */
  readonly kind: string;
  /** What must be the same when a run is resumed; the learning rate is left out: it may change. */
  readonly configuration: Readonly<Record<string, string | number | boolean>>;
  create(): OptimizerState;
}

/** An optimizer at work on one network. All of its state is in `slots` and `numbers`. */
export interface OptimizerState {
  /** Names of the tensors kept for each weight, of that weight's shape, zero at first: `['m', 'v']`. */
  readonly slotNames: readonly string[];
  /** Slot name -> role -> tensor. */
  readonly slots: ReadonlyMap<string, ReadonlyMap<string, tf.Variable>>;
  /** The rest of the state: counters, running products. Read and assigned whole. */
  numbers: Readonly<Record<string, number>>;
  /** Makes the slots of these weights where there are none yet. */
  prepare(weights: readonly { readonly role: string; readonly variable: tf.Variable }[]): void;
  /** One update of all the weights given. The gradients stay the caller's. */
  apply(updates: readonly Update[]): void;
  dispose(): void;
}
