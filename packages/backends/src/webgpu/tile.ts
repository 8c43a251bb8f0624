import * as tf from '@tensorflow/tfjs-core';
import type { OwnKernel } from '../register-kernels';

/**
 * Repetition along axes. The stock kernel reads tensors of five and more axes back synchronously, which WebGPU
 * cannot: zeros in browsers, an error in Node. Ours repeats one axis after the other, as rows of a matrix.
 */
export const tile: OwnKernel = {
  kernelName: tf.Tile,
  create: (stock) => (args) => {
    const { inputs, attrs, backend } = args;
    if (stock === undefined) throw new Error(`${tf.Tile} is not registered`);
    const { x } = inputs;
    if (x === undefined || x.dtype === 'string' || x.shape.length < 5) return stock(args);
    const { disposeData } = backend as tf.KernelBackend;
    let present = x;
    for (const [axis, repetitions] of Array.from(attrs?.reps as number[]).entries()) {
      // A tensor must be a new one, also where nothing is repeated.
      if (repetitions === 1 && (axis < x.shape.length - 1 || present !== x)) continue;
      const rows = tf.util.sizeFromShape(present.shape.slice(0, axis));
      const matrix = [rows, tf.util.sizeFromShape(present.shape.slice(axis))];
      const repeated = stock({
        inputs: { x: { ...present, shape: matrix } },
        backend,
        attrs: { reps: [1, repetitions] },
      }) as tf.TensorInfo;
      if (present !== x) disposeData.call(backend, present.dataId);
      const shape = present.shape.map((size, i) => (i === axis ? size * repetitions : size));
      present = { dataId: repeated.dataId, dtype: repeated.dtype, shape };
    }
    return present;
  },
};
