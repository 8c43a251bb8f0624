import * as tf from '@tensorflow/tfjs-core';
import type { OwnKernel } from '../register-kernels';

/**
 * The matrix product. tfjs keeps 2 x 2 numbers in a texel, and its product reads whole texels: where rows and
 * columns meet along an odd number, also what lies outside of both. Many kernels leave something there
 * (`log`, `cos`, `pow`, `clipByValue`, ...): the stock product is then silently wrong, also in the gradient
 * of a dense layer's weights with an odd batch. Ours makes the number even, with a row of zeros.
 */
export const batchMatMul = overEvenNumbers(tf.BatchMatMul);

/** The same with a bias and an activation. */
export const fusedMatMul = overEvenNumbers(tf._FusedMatMul);

function overEvenNumbers(kernelName: string): OwnKernel {
  return {
    kernelName,
    create: (stock) => (args) => {
      const { inputs, attrs, backend } = args;
      if (stock === undefined) throw new Error(`${kernelName} on webgl: the stock kernel is missing`);
      const [a, b] = [one(inputs.a), one(inputs.b)];
      const axisOfA = a.shape.length - (attrs?.transposeA === true ? 2 : 1);
      const axisOfB = b.shape.length - (attrs?.transposeB === true ? 1 : 2);
      const length = a.shape[axisOfA] ?? 0;
      // Of different lengths, or empty: the stock kernel says what is wrong.
      if (length % 2 === 0 || length !== b.shape[axisOfB]) return stock(args);
      const padded = [withZeros(a, axisOfA, backend), withZeros(b, axisOfB, backend)] as const;
      const product = stock({ ...args, inputs: { ...inputs, a: padded[0], b: padded[1] } });
      const { disposeData } = backend as tf.KernelBackend;
      for (const { dataId } of padded) disposeData.call(backend, dataId);
      return product;
    },
  };
}

function withZeros(x: tf.TensorInfo, axis: number, backend: object): tf.TensorInfo {
  const paddings = x.shape.map((_, i) => [0, i === axis ? 1 : 0]);
  const pad = tf.getKernel(tf.PadV2, 'webgl').kernelFunc;
  return one(pad({ inputs: { x }, backend, attrs: { paddings, constantValue: 0 } }));
}

/** The one tensor there is: tfjs's types cannot say how many a kernel has. */
function one(tensors: tf.TensorInfo | tf.TensorInfo[] | undefined): tf.TensorInfo {
  return (Array.isArray(tensors) ? tensors[0] : tensors) as tf.TensorInfo;
}
