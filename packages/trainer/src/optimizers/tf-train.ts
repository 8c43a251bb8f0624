import { argumentError } from '@eigengan/core';
import * as tf from '@tensorflow/tfjs-core';
import type { OptimizedWeight, Optimizer, OptimizerState, Update } from './optimizer';
import { applyGradients, disposeOf, stateOf } from './tf-train-state';
import { describe } from './tf-train-trial';

/** The role in checkpoints of what an optimizer keeps once, for all weights. */
const everyWeight = 'all';

/**
 * An optimizer of TensorFlow.js, `tfTrain(() => tf.train.adam(1e-4))`, or of one's own that extends
 * `tf.Optimizer`, with its whole state in checkpoints. Its learning rate is its own, and constant: for a
 * schedule take this package's optimizers.
 *
 * The state is found among the optimizer's own properties: numbers, `tf.Variable`s, and arrays of
 * `{ originalName, variable }` with one variable of a weight's shape for each weight, in the order of the
 * gradients, made in the first `applyGradients` that names the weight, with a gradient or without. All of
 * tf.train keeps it so. Tried once, on a weight of its own, when this is called: a backend must be ready.
 * (What tfjs keeps for its settings is in no checkpoint: after the loss of a device make a new Trainer.)
 *
 * @param make makes a new one for each network; it is disposed of with the trainer
 * @throws ArgumentError when `make` makes no tf.Optimizer, or its state is kept elsewhere
 */
export function tfTrain(make: () => tf.Optimizer): Optimizer {
  if (typeof make !== 'function') {
    throw argumentError('tfTrain', 'must be given a function, e.g. () => tf.train.adam(1e-4)', make);
  }
  const made = new WeakSet<tf.Optimizer>();
  const create = () => {
    const optimizer: unknown = make();
    if (!isOptimizer(optimizer)) throw argumentError('tfTrain', 'must make a tf.Optimizer', optimizer);
    if (made.has(optimizer)) throw argumentError('tfTrain', 'must make a new one at each call', optimizer);
    made.add(optimizer);
    return completed(optimizer);
  };
  const before = tf.memory().numTensors;
  const { kind, configuration, slotNames } = describe(create(), before);
  return { kind, configuration, create: () => new TfTrain(create(), slotNames) };
}

class TfTrain implements OptimizerState {
  readonly slotNames: readonly string[];
  readonly scheduledRate = null;
  readonly #optimizer: tf.Optimizer;
  // tfjs's optimizers know a weight by its position: it stays the same, whatever is frozen or comes late.
  readonly #weights: OptimizedWeight[] = [];
  #disposed = false;

  constructor(optimizer: tf.Optimizer, slotNames: readonly string[]) {
    this.#optimizer = optimizer;
    this.slotNames = slotNames;
  }

  get slots(): ReadonlyMap<string, ReadonlyMap<string, tf.Variable>> {
    const { slots, shared } = stateOf(this.#optimizer);
    const byRole = (kept: readonly { readonly variable: tf.Variable }[]) =>
      new Map(kept.map(({ variable }, i) => [this.#weights[i]?.role ?? `${i}`, variable]));
    return new Map([
      ...[...slots].map(([name, kept]) => [name, byRole(kept)] as const),
      ...[...shared].map(([name, variable]) => [name, new Map([[everyWeight, variable]])] as const),
    ]);
  }

  get numbers(): Readonly<Record<string, number>> {
    return stateOf(this.#optimizer).numbers;
  }

  set numbers(numbers: Readonly<Record<string, number>>) {
    for (const name of Object.keys(this.numbers)) Reflect.set(this.#optimizer, name, numbers[name]);
  }

  prepare(weights: readonly OptimizedWeight[]): void {
    const known = this.#weights.length;
    this.#place(weights);
    if (this.#weights.length === known) return;
    const { numbers, shared } = stateOf(this.#optimizer);
    tf.tidy(() => {
      const before = [...shared.values()].map((variable) => ({
        variable,
        value: tf.clone<tf.Tensor>(variable),
      }));
      // An update without any gradient makes the slots, and counts: that is taken back.
      this.#apply(new Map());
      for (const { variable, value } of before) variable.assign(value);
    });
    this.numbers = numbers;
  }

  forget(roles: readonly string[]): void {
    for (const role of roles) {
      const at = this.#weights.findIndex((weight) => weight.role === role);
      if (at < 0) continue;
      for (const kept of stateOf(this.#optimizer).slots.values()) {
        for (const { variable } of kept.splice(at, 1)) variable.dispose();
      }
      this.#weights.splice(at, 1);
    }
  }

  apply(updates: readonly Update[]): void {
    this.#place(updates);
    this.#apply(new Map(updates.map(({ role, gradient }) => [role, gradient])));
  }

  dispose(): void {
    if (this.#disposed) return;
    this.#disposed = true;
    disposeOf(this.#optimizer);
  }

  #place(weights: readonly OptimizedWeight[]): void {
    const known = new Set(this.#weights.map(({ role }) => role));
    for (const { role, variable } of weights) {
      if (!known.has(role)) this.#weights.push({ role, variable });
    }
  }

  #apply(gradients: ReadonlyMap<string, tf.Tensor>): void {
    applyGradients(
      this.#optimizer,
      this.#weights.map(({ role, variable }) => ({ name: variable.name, tensor: gradients.get(role) })),
    );
  }
}

function isOptimizer(value: unknown): value is tf.Optimizer {
  // Its instanceof looks for functions on whatever it is given.
  return typeof value === 'object' && value !== null && value instanceof tf.Optimizer;
}

/** Makes what tfjs makes late or leaves to the scope: the counter, and the momentum. */
function completed(optimizer: tf.Optimizer): tf.Optimizer {
  void optimizer.iterations;
  for (const tensor of stateOf(optimizer).constants.values()) tf.keep(tensor);
  return optimizer;
}
