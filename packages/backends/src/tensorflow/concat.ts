import * as tf from '@tensorflow/tfjs-core';
import { integer } from './kept-numbers';
import { execute, integerType } from './operation';
import { type Kernel, tensorflowKernel } from './tensorflow-kernel';

/** tfjs gives an array of inputs in a record's clothes. */
type Concat = Kernel<Record<string, tf.TensorInfo>, tf.ConcatAttrs>;

/** The stock kernel's operation without a new tensor of the axis each time. */
export const concat = tensorflowKernel<Concat>(tf.Concat, (stock) => (args) => {
  const { inputs, attrs, backend } = args;
  const tensors = Object.values(inputs);
  if (tensors.some(({ dtype }) => dtype !== 'float32')) return stock(args);
  const count = { name: 'N', type: backend.binding.TF_ATTR_INT, value: tensors.length };
  const ids = [...backend.getInputTensorIds(tensors), integer(backend, attrs.axis)];
  return backend.createOutputTensor(execute(backend, 'ConcatV2', [count, integerType(backend, 'Tidx')], ids));
});
