import * as tf from '@tensorflow/tfjs-core';

/** The one tensor there is: tfjs's types cannot say how many a kernel has or saves. */
export function only(tensors: tf.Tensor | tf.Tensor[] | undefined): tf.Tensor {
  return (Array.isArray(tensors) ? tensors[0] : tensors) as tf.Tensor;
}

/** `only` where the kernel works on images, `[batch, height, width, channels]`, or filters. */
export function only4D(tensors: tf.Tensor | tf.Tensor[] | undefined): tf.Tensor4D {
  return only(tensors) as tf.Tensor4D;
}

/** What a piecewise constant function gives back: zeros, whatever the type of its input. */
export function zerosOf(tensor: tf.Tensor): tf.Tensor {
  return tf.zeros(tensor.shape, 'float32');
}

/** Undoes broadcasting from `shape`: sums over the axes that it repeated. */
export function sumTo(tensor: tf.Tensor, shape: number[]): tf.Tensor {
  const axes = tf.broadcast_util.getReductionAxes(shape, tensor.shape);
  return tf.reshape(axes.length === 0 ? tensor : tf.sum(tensor, axes), shape);
}

/** One of the gradients' own kernels, which tfjs exports no operation for. */
export function run(kernelName: string, inputs: Record<string, tf.Tensor>, attrs: object): tf.Tensor {
  return only(tf.engine().runKernel(kernelName, inputs, { ...attrs }));
}
