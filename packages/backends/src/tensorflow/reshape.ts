import * as tf from '@tensorflow/tfjs-core';
import { handleOn } from '../data-handle';
import { TensorflowResult, tensorOf } from './deferred';
import { reshaped } from './operation';
import { type Kernel, tensorflowKernel } from './tensorflow-kernel';
import type { TensorflowBackend } from './tensorflow-package';

/** The data of another tensor in another shape, in which TensorFlow has it from when something reads it so. */
class ReshapedResult extends TensorflowResult {
  constructor(backend: TensorflowBackend, x: tf.TensorInfo, shape: readonly number[]) {
    super(backend, shape, { x }, (held) => {
      const [id = -1] = backend.getInputTensorIds(Object.values(held));
      return reshaped(backend, id, shape).id;
    });
  }

  /** The other tensor, until TensorFlow has the data in this shape. */
  get unshaped(): tf.TensorInfo | undefined {
    return this.held?.x;
  }
}

/**
 * Reshaping runs an operation of TensorFlow only when something reads the data in that shape: tfjs reshapes to
 * three axes and back around every product of matrices, and its gradients reshape to the shape that is there.
 */
export const reshape = tensorflowKernel<Kernel<{ x: tf.TensorInfo }, tf.ReshapeAttrs>>(
  tf.Reshape,
  (stock) => (args) => {
    const {
      inputs: { x },
      attrs,
      backend,
    } = args;
    // With sizes left open; throws where it does not fit.
    const shape = tf.util.inferFromImplicitShape(attrs.shape, tf.util.sizeFromShape(x.shape));
    if (tf.util.arraysEqual(x.shape, shape)) return handleOn(backend, x);
    return x.dtype === 'float32' ? inShape(backend, x, shape) : stock(args);
  },
);

/** A float32 tensor's data in another shape: for tfjs to track, or for the caller to free by `disposeData`. */
export function inShape(
  backend: TensorflowBackend,
  tensor: tf.TensorInfo,
  shape: readonly number[],
): tf.TensorInfo {
  const x = unshaped(backend, tensor);
  if (tf.util.arraysEqual(x.shape, [...shape])) return handleOn(backend, x);
  return tensorOf(backend, new ReshapedResult(backend, x, shape));
}

/** The data of a kernel's result, which no other tensor has yet and none has any more, in another shape. */
export function givenShape(
  backend: TensorflowBackend,
  result: tf.TensorInfo,
  shape: readonly number[],
): tf.TensorInfo {
  const tensor = inShape(backend, result, shape);
  backend.disposeData(result.dataId);
  return tensor;
}

/** The tensor, or that of which it is only another shape. */
function unshaped(backend: TensorflowBackend, tensor: tf.TensorInfo): tf.TensorInfo {
  const record = backend.tensorMap.get(tensor.dataId);
  return (record instanceof ReshapedResult && record.unshaped) || tensor;
}
