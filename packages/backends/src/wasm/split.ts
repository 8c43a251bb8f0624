import * as tf from '@tensorflow/tfjs-core';
import { runWasmKernel, type WasmKernelArguments, wasmKernel } from './kernel';

type Arguments = WasmKernelArguments<{ readonly x: tf.Tensor }, tf.SplitVAttrs>;

/** The parts of a tensor along an axis, each by `Slice`, which ours is: the stock kernel calls its own. */
export const split = wasmKernel(tf.SplitV, () => ({ inputs: { x }, attrs, backend }: Arguments) => {
  const [axis = 0] = tf.util.parseAxisParam(attrs.axis, x.shape);
  let first = 0;
  return tf.backend_util.prepareSplitSize(x, attrs.numOrSizeSplits, axis).map((length) => {
    const begin = x.shape.map((_, i) => (i === axis ? first : 0));
    const size = x.shape.map((whole, i) => (i === axis ? length : whole));
    first += length;
    return runWasmKernel(backend, tf.Slice, { x }, { begin, size });
  });
});
