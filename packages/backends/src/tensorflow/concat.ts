import * as tf from '@tensorflow/tfjs-core';
import type { OwnKernel } from '../register-kernels';
import { integer } from './kept-numbers';
import { execute, integerType } from './operation';
import type { TensorflowBackend } from './tensorflow-package';

interface Arguments {
  /** tfjs gives an array, in a record's clothes. */
  readonly inputs: Readonly<Record<string, tf.TensorInfo>>;
  readonly attrs: tf.ConcatAttrs;
  readonly backend: TensorflowBackend;
}

/** The stock kernel's operation without a new tensor of the axis each time. */
export const concat: OwnKernel = {
  kernelName: tf.Concat,
  create: (stock) => {
    const kernel = (args: Arguments) => {
      const { attrs, backend } = args;
      const tensors = Object.values(args.inputs);
      if (tensors.some(({ dtype }) => dtype !== 'float32')) {
        return stock?.(args as unknown as Parameters<tf.KernelFunc>[0]);
      }
      const count = { name: 'N', type: backend.binding.TF_ATTR_INT, value: tensors.length };
      const ids = [...backend.getInputTensorIds(tensors), integer(backend, attrs.axis)];
      return backend.createOutputTensor(
        execute(backend, 'ConcatV2', [count, integerType(backend, 'Tidx')], ids),
      );
    };
    return kernel as unknown as tf.KernelFunc;
  },
};
