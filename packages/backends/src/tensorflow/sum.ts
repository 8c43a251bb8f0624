import * as tf from '@tensorflow/tfjs-core';
import type { OwnKernel } from '../register-kernels';
import { integers } from './kept-numbers';
import { execute, flag, integerType } from './operation';
import type { TensorflowBackend, TensorflowOutput } from './tensorflow-package';

interface Arguments {
  readonly inputs: { readonly x: tf.TensorInfo };
  readonly attrs: tf.SumAttrs;
  readonly backend: TensorflowBackend;
}

/** Sums; those over all axes but the last, as of a bias's gradient, by TensorFlow's own operation for that. */
export const sum: OwnKernel = {
  kernelName: tf.Sum,
  create: (stock) => {
    const kernel = (args: Arguments) =>
      args.inputs.x.dtype === 'float32'
        ? args.backend.createOutputTensor(summed(args))
        : stock?.(args as unknown as Parameters<tf.KernelFunc>[0]);
    return kernel as unknown as tf.KernelFunc;
  },
};

function summed({ inputs: { x }, attrs: { axis, keepDims }, backend }: Arguments): TensorflowOutput {
  const axes = tf.util.parseAxisParam(axis, x.shape);
  const [id = -1] = backend.getInputTensorIds([x]);
  const last = x.shape.length - 1;
  if (!keepDims && last > 0 && new Set(axes).size === last && !axes.includes(last)) {
    const layout = { name: 'data_format', type: backend.binding.TF_ATTR_STRING, value: 'NHWC' };
    return execute(backend, 'BiasAddGrad', [layout], [id]);
  }
  const attributes = [flag(backend, 'keep_dims', keepDims), integerType(backend, 'Tidx')];
  return execute(backend, 'Sum', attributes, [id, integers(backend, axes)]);
}
