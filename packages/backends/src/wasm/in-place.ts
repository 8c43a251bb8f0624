import type * as tf from '@tensorflow/tfjs-core';
import { handleOn } from '../data-handle';
import type { WasmBackend } from './kernel';

/**
 * Where the result that replaces `input` goes: onto its data, by another handle, where nothing else holds
 * that; into a fresh buffer where something does. Not for what may be the filter of a convolution: tfjs's
 * keep a packed copy of it, for as long as its data lives.
 */
export function inPlace(backend: WasmBackend, input: tf.TensorInfo): tf.TensorInfo {
  if (backend.dataIdMap.get(input.dataId).refCount > 1) return backend.makeOutput(input.shape, 'float32');
  return handleOn(backend, input);
}
