import type * as tf from '@tensorflow/tfjs-core';
import { canDefer, DeferredResult, type Held } from '../deferred/deferred-result';
import type { TensorPlace, TensorRecord, WasmBackend } from './kernel';

/** Where the backend finds data that was never computed: freeing it does nothing. */
const nowhere: TensorPlace = { id: 0, memoryOffset: 0 };

class WasmResult extends DeferredResult<TensorPlace> implements TensorRecord {
  readonly dtype = 'float32';

  get id(): number {
    return (this.settle() ?? nowhere).id;
  }

  get memoryOffset(): number {
    return (this.settle() ?? nowhere).memoryOffset;
  }
}

/**
 * Defers a kernel's result.
 *
 * @param compute Gets the inputs; gives a float32 tensor of its own, of the given shape.
 */
export function deferred<I extends Readonly<Record<string, tf.TensorInfo>>>(
  backend: WasmBackend,
  shape: readonly number[],
  inputs: I,
  compute: (inputs: { readonly [Name in keyof I]: tf.TensorInfo }) => tf.TensorInfo,
): tf.TensorInfo {
  if (!canDefer()) return compute(inputs);
  const result = new WasmResult(backend, shape, inputs, (held) => {
    const { dataId } = compute(held as Held<I>);
    const { id, memoryOffset } = backend.dataIdMap.get(dataId);
    backend.dataIdMap.delete(dataId);
    return { id, memoryOffset };
  });
  const dataId = {};
  backend.dataIdMap.set(dataId, result);
  return result.tensor(dataId);
}
