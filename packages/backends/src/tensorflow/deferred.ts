import * as tf from '@tensorflow/tfjs-core';
import { DeferredResult, type Held } from '../deferred/deferred-result';
import type { TensorflowBackend, TensorflowRecord } from './tensorflow-package';

/** A deferred result as tfjs-node's record of its data. */
export class TensorflowResult extends DeferredResult<number | null> implements TensorflowRecord {
  readonly dtype: number;

  constructor(
    backend: TensorflowBackend,
    shape: readonly number[],
    inputs: Readonly<Record<string, tf.TensorInfo>>,
    compute: (held: Held<Readonly<Record<string, tf.TensorInfo>>>) => number | null,
  ) {
    super(backend, shape, inputs, compute);
    this.dtype = backend.binding.TF_FLOAT;
  }

  /** What reads the data first asks for values that TensorFlow does not have yet. */
  get values(): null {
    this.settle();
    return null;
  }

  /** What frees the data asks for this alone. */
  get id(): number | null {
    return this.place;
  }
}

/**
 * Defers a kernel's result.
 *
 * @param compute Gets the inputs; gives a float32 tensor of the given shape, with data of its own.
 */
export function deferred<I extends Readonly<Record<string, tf.TensorInfo>>>(
  backend: TensorflowBackend,
  shape: readonly number[],
  inputs: I,
  compute: (inputs: I) => tf.TensorInfo,
): tf.TensorInfo {
  const result = new TensorflowResult(backend, shape, inputs, (held) => {
    let id: number | null = null;
    tf.tidy(() => {
      id = giveId(backend, compute(held as Readonly<Record<string, tf.TensorInfo>> as I));
    });
    return id;
  });
  return tensorOf(backend, result);
}

/** The tensor of data that is not there yet: whatever uses it asks for the record's values or number first. */
export function tensorOf(backend: TensorflowBackend, record: TensorflowRecord): tf.TensorInfo {
  const dataId = {};
  backend.tensorMap.set(dataId, record);
  return { dataId, shape: [...record.shape], dtype: 'float32' };
}

/** TensorFlow's number of a tensor's data, which is the caller's from now on: the tensor frees nothing. */
function giveId(backend: TensorflowBackend, tensor: tf.TensorInfo): number | null {
  const record = backend.tensorMap.get(tensor.dataId);
  if (record instanceof TensorflowResult) return record.give();
  const { id } = record;
  record.id = null;
  return id;
}
