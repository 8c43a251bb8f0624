import { ArgumentError } from '@eigengan/core';
import * as tf from '@tensorflow/tfjs-core';
import type { OptimizerConfiguration } from './optimizer';
import { applyGradients, disposeOf, stateOf, type TfTrainState, tensorsOf } from './tf-train-state';

/**
 * What an optimizer of tfjs is and keeps, seen by trying it on a weight of its own; disposes of it.
 *
 * @param before how many tensors there were before the optimizer was made
 * @throws ArgumentError when its state is not to be found, or not of the weight's shape
 */
export function describe(optimizer: tf.Optimizer, before: number) {
  const weight = tf.tidy(() => tf.variable(tf.zeros([2, 3])));
  const update = (tensor: tf.Tensor | undefined) =>
    tf.tidy(() => applyGradients(optimizer, [{ name: weight.name, tensor }]));
  const gradient = tf.ones([2, 3]);
  try {
    update(undefined);
    const prepared = stateOf(optimizer);
    update(gradient);
    const state = stateOf(optimizer);
    const others = tf.memory().numTensors - before - 2 - tensorsOf(state).size;
    const problem = problemOf(prepared, state, weight.shape, others);
    const kind = `tfTrain(${optimizer.getClassName()})`;
    if (problem !== null) {
      throw new ArgumentError(`tfTrain: the whole state must be found, got ${kind} with ${problem}`, {
        hint: 'Keep it in arrays of { originalName, variable } and in tf.Variables, as tf.train does',
      });
    }
    return { kind, configuration: settingsOf(optimizer), slotNames: [...state.slots.keys()] };
  } finally {
    disposeOf(optimizer);
    tf.dispose([weight, gradient]);
  }
}

/** Why a checkpoint could not hold an optimizer's state, or null. */
function problemOf(
  prepared: TfTrainState,
  state: TfTrainState,
  shape: readonly number[],
  others: number,
): string | null {
  if (others > 0) return `${others} tensors elsewhere`;
  for (const [name, kept] of state.slots) {
    if (!prepared.slots.has(name)) return `${name} made only once there is a gradient`;
    if (kept.length !== 1) return `${kept.length} variables for one weight in ${name}`;
    const [first] = kept;
    if (`${first?.variable.shape}` !== `${shape}`) return `variables of another shape in ${name}`;
  }
  for (const [name, tensor] of [...state.constants, ...state.shared]) {
    const before = prepared.constants.get(name) ?? prepared.shared.get(name);
    if (before !== tensor) return `another tensor in ${name} after each update`;
  }
  return null;
}

/** An optimizer's configuration without its learning rate, which may change. */
function settingsOf(optimizer: tf.Optimizer): OptimizerConfiguration {
  const settings = Object.entries(optimizer.getConfig()).filter(([name]) => name !== 'learningRate');
  return Object.fromEntries(
    settings.map(([name, value]) => [name, typeof value === 'object' ? JSON.stringify(value) : value]),
  );
}
