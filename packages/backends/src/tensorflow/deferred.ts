import * as tf from '@tensorflow/tfjs-core';
import { canDefer, DeferredResult } from '../deferred/deferred-result';
import type { TensorflowBackend, TensorflowRecord } from './tensorflow-package';

class TensorflowResult extends DeferredResult<number | null> implements TensorflowRecord {
  dtype = 0;

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
export function deferred<I extends Readonly<Record<string, tf.Tensor>>>(
  backend: TensorflowBackend,
  shape: readonly number[],
  inputs: I,
  compute: (inputs: I) => tf.TensorInfo,
): tf.TensorInfo {
  if (!canDefer()) return compute(inputs);
  const result = new TensorflowResult(backend, shape, inputs, (held) => {
    let id: number | null = null;
    tf.tidy(() => {
      const record = backend.tensorMap.get(compute(held as I).dataId);
      id = record.id;
      // Ours from now on: the tensor that goes with this scope frees nothing.
      record.id = null;
    });
    return id;
  });
  result.dtype = backend.binding.TF_FLOAT;
  const dataId = {};
  backend.tensorMap.set(dataId, result);
  return result.tensor(dataId);
}
