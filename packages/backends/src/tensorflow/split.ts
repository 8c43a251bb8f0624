import * as tf from '@tensorflow/tfjs-core';
import type { OwnKernel } from '../register-kernels';
import { integer, integers } from './kept-numbers';
import { integerType } from './operation';
import { floatType, type TensorflowBackend } from './tensorflow-package';

interface Arguments {
  readonly inputs: { readonly x: tf.TensorInfo };
  readonly attrs: tf.SplitVAttrs;
  readonly backend: TensorflowBackend;
}

/** The stock kernel's operation without new tensors of the sizes and the axis each time. */
export const split: OwnKernel = {
  kernelName: tf.SplitV,
  create: (stock) => {
    const kernel = (args: Arguments) => {
      const {
        inputs: { x },
        attrs,
        backend,
      } = args;
      if (x.dtype !== 'float32') return stock?.(args as unknown as Parameters<tf.KernelFunc>[0]);
      const [axis = 0] = tf.util.parseAxisParam(attrs.axis, x.shape);
      const sizes = tf.backend_util.prepareSplitSize(x as tf.Tensor, attrs.numOrSizeSplits, axis);
      const [id = -1] = backend.getInputTensorIds([x]);
      const count = { name: 'num_split', type: backend.binding.TF_ATTR_INT, value: sizes.length };
      return backend.binding
        .executeOp(
          'SplitV',
          [floatType(backend), count, integerType(backend, 'Tlen')],
          [id, integers(backend, sizes), integer(backend, axis)],
          sizes.length,
        )
        .map((part) => backend.createOutputTensor(part));
    };
    return kernel as unknown as tf.KernelFunc;
  },
};
