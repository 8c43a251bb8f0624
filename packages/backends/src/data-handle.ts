import type * as tf from '@tensorflow/tfjs-core';

/** A backend that counts who uses a tensor's data. */
export interface CountingBackend {
  incRef(dataId: tf.DataId): void;
}

/** Another handle on the data of a tensor. */
export function handleOn(backend: CountingBackend, { dataId, shape, dtype }: tf.TensorInfo): tf.TensorInfo {
  backend.incRef(dataId);
  return { dataId, shape, dtype };
}
