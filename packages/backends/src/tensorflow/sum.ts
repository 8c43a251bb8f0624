import * as tf from '@tensorflow/tfjs-core';
import type { OwnKernel } from '../register-kernels';
import { deferred } from './deferred';
import { integers } from './kept-numbers';
import { execute, flag, integerType } from './operation';
import { floatType, type TensorflowBackend } from './tensorflow-package';

interface Arguments {
  readonly inputs: { readonly x: tf.TensorInfo };
  readonly attrs: tf.SumAttrs;
  readonly backend: TensorflowBackend;
}

/** Sums; those over all axes but the last, as of a bias's gradient, by TensorFlow's own operation for that. */
export const sum: OwnKernel = {
  kernelName: tf.Sum,
  create: (stock) => {
    const kernel = (args: Arguments) => {
      const {
        inputs: { x },
        attrs: { axis, keepDims },
      } = args;
      if (x.dtype !== 'float32') return stock?.(args as unknown as Parameters<tf.KernelFunc>[0]);
      const axes = tf.util.parseAxisParam(axis, x.shape);
      const last = x.shape.length - 1;
      const isOfChannels = last > 0 && new Set(axes).size === last && !axes.includes(last);
      return isOfChannels && !keepDims ? sumOfChannels(args) : sumOver(axes, args);
    };
    return kernel as unknown as tf.KernelFunc;
  },
};

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
