import * as tf from '@tensorflow/tfjs-core';
import { deferred } from './deferred';
import { integers } from './kept-numbers';
import { execute, flag, integerType } from './operation';
import { type Kernel, tensorflowKernel } from './tensorflow-kernel';
import { floatType } from './tensorflow-package';

type Sum = Kernel<{ x: tf.TensorInfo }, tf.SumAttrs>;
type Arguments = Parameters<Sum>[0];

/** Sums; those over all axes but the last, as of a bias's gradient, by TensorFlow's own operation for that. */
export const sum = tensorflowKernel<Sum>(tf.Sum, (stock) => (args) => {
  const {
    inputs: { x },
    attrs: { axis, keepDims },
  } = args;
  if (x.dtype !== 'float32') return stock(args);
  const axes = tf.util.parseAxisParam(axis, x.shape);
  const last = x.shape.length - 1;
  const isOfChannels = last > 0 && new Set(axes).size === last && !axes.includes(last);
  return isOfChannels && !keepDims ? sumOfChannels(args) : sumOver(axes, args);
});

/** When something looks at it: of layers that are only passed through nothing does. */
function sumOfChannels({ inputs, backend }: Arguments): tf.TensorInfo {
  return deferred(backend, inputs.x.shape.slice(-1), inputs, ({ x }) => {
    const layout = { name: 'data_format', type: backend.binding.TF_ATTR_STRING, value: 'NHWC' };
    return backend.executeSingleOutput('BiasAddGrad', [floatType(backend), layout], [x]);
  });
}

function sumOver(
  axes: readonly number[],
  { inputs: { x }, attrs: { keepDims }, backend }: Arguments,
): tf.TensorInfo {
  const [id = -1] = backend.getInputTensorIds([x]);
  const attributes = [flag(backend, 'keep_dims', keepDims), integerType(backend, 'Tidx')];
  return backend.createOutputTensor(execute(backend, 'Sum', attributes, [id, integers(backend, axes)]));
}
