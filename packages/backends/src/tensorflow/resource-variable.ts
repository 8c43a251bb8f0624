import type * as tf from '@tensorflow/tfjs-core';
import { DeferredResult } from '../deferred/deferred-result';
import { floatType, type TensorflowAttribute, type TensorflowBackend } from './tensorflow-package';

/** A float32 variable of TensorFlow's own, on which it runs the one-pass updates that it trains with itself. */
export class ResourceVariable {
  /** TensorFlow's number of it, for its operations. */
  readonly id: number;
  readonly #backend: TensorflowBackend;
  readonly #type: TensorflowAttribute;

  /** @param name TensorFlow's own, in this process: the same name is the same variable. */
  constructor(backend: TensorflowBackend, name: string) {
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

  /**
   * Gives it a tensor's data. An update then works in place where nothing else holds that, not even the
   * tensor: TensorFlow copies it otherwise.
   */
  assign(tensor: tf.TensorInfo): void {
    const [id = -1] = this.#backend.getInputTensorIds([tensor]);
    this.#backend.binding.executeOp('AssignVariableOp', [this.#type], [this.id, id], 0);
  }

  /** `assign`, of a tensor that is given up: its data goes over where no other tensor shares it. */
  take(tensor: tf.TensorInfo): void {
    this.assign(tensor);
    const record = this.#backend.tensorMap.get(tensor.dataId);
    if (record.refCount > 1 || record.id === null || record instanceof DeferredResult) return;
    this.#backend.binding.deleteTensor(record.id);
    record.id = null;
  }

  /** What it holds now. */
  read(): tf.Tensor {
    const { binding } = this.#backend;
    return this.#backend.createOutputTensor(
      only(binding.executeOp('ReadVariableOp', [this.#type], [this.id], 1)),
    );
  }
}

/** Something made for a backend when it is first asked for. */
export function oncePerBackend<T>(
  make: (backend: TensorflowBackend) => T,
): (backend: TensorflowBackend) => T {
  const made = new WeakMap<TensorflowBackend, T>();
  return (backend) => {
    const known = made.get(backend);
    if (known !== undefined) return known;
    const value = make(backend);
    made.set(backend, value);
    return value;
  };
}

function only<T>(values: readonly T[]): T {
  const [value] = values;
  if (value === undefined) throw new Error('tensorflow: an operation gave no tensor');
  return value;
}
