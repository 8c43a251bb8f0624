import type * as tf from '@tensorflow/tfjs-core';

/** A weight under the role by which an optimizer keeps what belongs to it. */
export interface OptimizedWeight {
  /** `<layer name>/<weight name>`. */
  readonly role: string;
  readonly variable: tf.Variable;
}

/** A weight and its gradient. */
export interface Update extends OptimizedWeight {
  readonly gradient: tf.Tensor;
}

/** Options by name; those of an optimizer inside another one by its name. */
export interface OptimizerConfiguration {
  readonly [option: string]: string | number | boolean | OptimizerConfiguration;
}

/**
 * How weights follow their gradients: a description, which may serve several networks; the state is in what
 * `create` makes.
 */
export interface Optimizer {
  /** `adam`, `sgd`, ... */
  readonly kind: string;
  /** What must be the same when a run is resumed; the learning rate is left out: it may change. */
  readonly configuration: OptimizerConfiguration;
  create(): OptimizerState;
}

/** An optimizer at work on one network. All of its state is in `slots` and `numbers`. */
export interface OptimizerState {
  /** Names of the tensors kept for each weight, of that weight's shape: `['m', 'v']`. */
  readonly slotNames: readonly string[];
  /** Slot name -> role -> tensor. */
  readonly slots: ReadonlyMap<string, ReadonlyMap<string, tf.Variable>>;
  /** The rest of the state: counters, running products. Read and assigned whole. */
  numbers: Readonly<Record<string, number>>;
  /** The rate of the last update, where it follows a schedule; else null. For the log, no state. */
  readonly scheduledRate: number | null;
  /** Makes the slots of these weights where there are none yet. */
  prepare(weights: readonly OptimizedWeight[]): void;
  /** Frees the slots of these weights: their next update is their first. */
  forget(roles: readonly string[]): void;
  /** One update of all the weights given. The gradients stay the caller's. */
  apply(updates: readonly Update[]): void;
  dispose(): void;
}
