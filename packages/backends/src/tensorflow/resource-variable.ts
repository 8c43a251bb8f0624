import type * as tf from '@tensorflow/tfjs-core';
import { scalar } from './kept-numbers';
import {
  floatType,
  type TensorflowAttribute,
  type TensorflowBackend,
  type TensorflowOutput,
} from './tensorflow-package';

/** A float32 variable of TensorFlow's own, on which it runs the one-pass updates that it trains with itself. */
export class ResourceVariable {
  /** TensorFlow's number of it, for its operations. */
  readonly id: number;
  readonly #backend: TensorflowBackend;
  readonly #type: TensorflowAttribute;

  /** @param name TensorFlow's own, in this process: the same name is the same variable. */
  private constructor(backend: TensorflowBackend, name: string) {
    this.#backend = backend;
    const { binding } = backend;
    this.#type = { ...floatType(backend), name: 'dtype' };
    const attributes = [
      { name: 'container', type: binding.TF_ATTR_STRING, value: '' },
      { name: 'shared_name', type: binding.TF_ATTR_STRING, value: name },
      // What is assigned decides: only graphs ask for the shape before.
      { name: 'shape', type: binding.TF_ATTR_SHAPE, value: [] },
      this.#type,
    ];
    this.id = only(binding.executeOp('VarHandleOp', attributes, [], 1)).id;
  }

  /** One that nothing uses. */
  static free(backend: TensorflowBackend): ResourceVariable {
    const all = variablesOf(backend);
    return all.free.pop() ?? new ResourceVariable(backend, `eigengan/${all.made++}`);
  }

  /**
   * Gives it a tensor's data. An update then works in place where nothing else holds that, not even the
   * tensor: TensorFlow copies it otherwise.
   */
  assign(tensor: tf.TensorInfo): void {
    const [id = -1] = this.#backend.getInputTensorIds([tensor]);
    this.#assign(id);
  }

  /** TensorFlow's number of a tensor of what it holds now; the caller's. */
  read(): number {
    return only(this.#backend.binding.executeOp('ReadVariableOp', [this.#type], [this.id], 1)).id;
  }

  /** Lets go of what it holds, and of itself: `free` may give it to another. */
  release(): void {
    this.#assign(scalar(this.#backend, 0));
    variablesOf(this.#backend).free.push(this);
  }

  #assign(id: number): void {
    this.#backend.binding.executeOp('AssignVariableOp', [this.#type], [this.id, id], 0);
  }
}

interface Variables {
  readonly free: ResourceVariable[];
  made: number;
}

const variables = new WeakMap<TensorflowBackend, Variables>();

function variablesOf(backend: TensorflowBackend): Variables {
  const known = variables.get(backend) ?? { free: [], made: 0 };
  variables.set(backend, known);
  return known;
}

function only(outputs: readonly TensorflowOutput[]): TensorflowOutput {
  const [output] = outputs;
  if (output === undefined) throw new Error('tensorflow: an operation gave no tensor');
  return output;
}
