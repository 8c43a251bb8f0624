import * as tf from '@tensorflow/tfjs-core';
import { integer, integers } from './kept-numbers';
import { integerType } from './operation';
import { type Kernel, tensorflowKernel } from './tensorflow-kernel';
import { floatType } from './tensorflow-package';

type Split = Kernel<{ x: tf.Tensor }, tf.SplitVAttrs, tf.TensorInfo[]>;

/** The stock kernel's operation without new tensors of the sizes and the axis each time. */
export const split = tensorflowKernel<Split>(tf.SplitV, (stock) => (args) => {
  const {
    inputs: { x },
    attrs,
    backend,
  } = args;
  if (x.dtype !== 'float32') return stock(args);
  const [axis = 0] = tf.util.parseAxisParam(attrs.axis, x.shape);
  const sizes = tf.backend_util.prepareSplitSize(x, attrs.numOrSizeSplits, axis);
  const [id = -1] = backend.getInputTensorIds([x]);
  const count = { name: 'num_split', type: backend.binding.TF_ATTR_INT, value: sizes.length };
  const parts = backend.binding.executeOp(
    'SplitV',
    [floatType(backend), count, integerType(backend, 'Tlen')],
    [id, integers(backend, sizes), integer(backend, axis)],
    sizes.length,
  );
  return parts.map((part) => backend.createOutputTensor(part));
});
