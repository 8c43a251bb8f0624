import * as tf from '@tensorflow/tfjs-core';

/** What an optimizer of tfjs keeps, as it lies in its own properties. */
export interface TfTrainState {
  /** Property -> one variable for each weight, by the weight's position. */
  readonly slots: ReadonlyMap<string, KeptVariable[]>;
  /** Property -> a variable that serves all weights, such as a running product. */
  readonly shared: ReadonlyMap<string, tf.Variable>;
  /** Property -> a tensor that nothing may change, such as the learning rate. */
  readonly constants: ReadonlyMap<string, tf.Tensor>;
  /** Property -> a number that is no setting. */
  readonly numbers: Readonly<Record<string, number>>;
}

/** tfjs's `OptimizerVariable`. */
interface KeptVariable {
  readonly variable: tf.Variable;
}

/** Looks it up anew: an optimizer may replace its properties. */
export function stateOf(optimizer: tf.Optimizer): TfTrainState {
  const slots = new Map<string, KeptVariable[]>();
  const shared = new Map<string, tf.Variable>();
  const constants = new Map<string, tf.Tensor>();
  const numbers: Record<string, number> = {};
  const settings = optimizer.getConfig();
  for (const name of Object.keys(optimizer)) {
    const value: unknown = Reflect.get(optimizer, name);
    if (isKeptArray(value)) slots.set(name, value);
    else if (value instanceof tf.Variable) shared.set(name, value);
    else if (value instanceof tf.Tensor) constants.set(name, value);
    else if (typeof value === 'number' && !(name in settings) && name !== 'learningRate') {
      numbers[name] = value;
    }
  }
  return { slots, shared, constants, numbers };
}

/** Every tensor of it. */
export function tensorsOf({ slots, shared, constants }: TfTrainState): Set<tf.Tensor> {
  const kept = [...slots.values()].flat().map(({ variable }) => variable);
  return new Set<tf.Tensor>([...kept, ...shared.values(), ...constants.values()]);
}

function isKeptArray(value: unknown): value is KeptVariable[] {
  return Array.isArray(value) && value.length > 0 && value.every(isKept);
}

function isKept(value: unknown): value is KeptVariable {
  return (
    typeof value === 'object' &&
    value !== null &&
    'variable' in value &&
    value.variable instanceof tf.Variable
  );
}

/** An update as tfjs's own `minimize` asks for it: whatever the types say, some weights have no gradient. */
export function applyGradients(
  optimizer: TakesGaps,
  gradients: { readonly name: string; readonly tensor: tf.Tensor | undefined }[],
): void {
  optimizer.applyGradients(gradients);
}

interface TakesGaps {
  applyGradients(
    gradients: tf.NamedTensorMap | { readonly name: string; readonly tensor: tf.Tensor | undefined }[],
  ): void;
}

/** Disposes of an optimizer and of what it leaves behind: tfjs's momentum does its learning rate. */
export function disposeOf(optimizer: tf.Optimizer): void {
  const tensors = tensorsOf(stateOf(optimizer));
  optimizer.dispose();
  tf.dispose([...tensors].filter(({ isDisposed }) => !isDisposed));
}
