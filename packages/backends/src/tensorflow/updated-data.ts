import type * as tf from '@tensorflow/tfjs-core';
import { TensorflowResult, tensorOf } from './deferred';
import { ResourceVariable } from './resource-variable';
import type { TensorflowBackend, TensorflowRecord } from './tensorflow-package';

/**
 * Data that stays in a variable of TensorFlow's between its updates: there is a tensor of it only from when
 * something reads it, and nothing to assign before the next update.
 */
class UpdatedData implements TensorflowRecord {
  readonly dtype: number;
  readonly #backend: TensorflowBackend;
  #variable: ResourceVariable | null;
  #id: number | null = null;
  #references = 1;

  constructor(
    backend: TensorflowBackend,
    variable: ResourceVariable,
    readonly shape: readonly number[],
  ) {
    this.dtype = backend.binding.TF_FLOAT;
    this.#backend = backend;
    this.#variable = variable;
  }

  /** What reads the data first asks for values that TensorFlow does not have yet. */
  get values(): null {
    this.#id ??= this.#variable?.read() ?? null;
    return null;
  }

  /** What frees the data asks for this alone. */
  get id(): number | null {
    return this.#id;
  }

  get refCount(): number {
    return this.#references;
  }

  set refCount(count: number) {
    this.#references = count;
    if (count > 0) return;
    this.#variable?.release();
    this.#variable = null;
  }

  /** The variable, the caller's from now on; without the tensor of it, so that an update works in place. */
  give(): ResourceVariable | null {
    const variable = this.#variable;
    if (this.#id !== null) this.#backend.binding.deleteTensor(this.#id);
    this.#id = null;
    this.#variable = null;
    return variable;
  }
}

/**
 * A variable with a tensor's data, for an update whose result takes the tensor's place: where no other tensor
 * shares the data it is given up, and the tensor is to be disposed of unread.
 */
export function variableOf(backend: TensorflowBackend, tensor: tf.TensorInfo): ResourceVariable {
  const record = backend.tensorMap.get(tensor.dataId);
  const isShared = record.refCount > 1;
  const own = !isShared && record instanceof UpdatedData ? record.give() : null;
  if (own !== null) return own;
  const variable = ResourceVariable.free(backend);
  variable.assign(tensor);
  if (isShared || record.id === null || record instanceof TensorflowResult) return variable;
  backend.binding.deleteTensor(record.id);
  record.id = null;
  return variable;
}

/** The tensor of what a variable holds, whose the variable is from now on. */
export function updated(
  backend: TensorflowBackend,
  variable: ResourceVariable,
  shape: readonly number[],
): tf.TensorInfo {
  return tensorOf(backend, new UpdatedData(backend, variable, shape));
}
