import * as tf from '@tensorflow/tfjs-core';
import type { OwnKernel } from '../register-kernels';

/**
 * Running sums. The stock kernel writes the length of the axis into the shader of the reversed direction, but
 * takes the shader of any other length for it: silently wrong from the second length on, as is the gradient
 * of every running sum, which is a reversed one. Ours turns the axis around, sums forwards and turns it back.
 */
export const cumsum = forwards(tf.Cumsum);

/** Running products: the same. */
export const cumprod = forwards(tf.Cumprod);

function forwards(kernelName: string): OwnKernel {
  return {
    kernelName,
    create: (stock) => (args) => {
      const { inputs, attrs, backend } = args;
      if (stock === undefined) throw new Error(`${kernelName} is not registered`);
      if (attrs?.reverse !== true) return stock(args);
      const turn = (x: tf.TensorInfo) =>
        one(
          tf
            .getKernel(tf.Reverse, 'webgpu')
            .kernelFunc({ inputs: { x }, backend, attrs: { dims: [Number(attrs.axis)] } }),
        );
      const turned = turn(one(inputs.x));
      const sums = one(stock({ inputs: { x: turned }, backend, attrs: { ...attrs, reverse: false } }));
      const result = turn(sums);
      const { disposeData } = backend as tf.KernelBackend;
      for (const { dataId } of [turned, sums]) disposeData.call(backend, dataId);
      return result;
    },
  };
}

/** The one tensor there is: tfjs's types cannot say how many a kernel has. */
function one(tensors: tf.TensorInfo | tf.TensorInfo[] | undefined): tf.TensorInfo {
  return (Array.isArray(tensors) ? tensors[0] : tensors) as tf.TensorInfo;
}
