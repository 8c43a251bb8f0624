import * as tf from '@tensorflow/tfjs-core';
import type { OwnKernel } from '../register-kernels';
import { execute, flag, reshaped } from './operation';
import type { TensorflowBackend, TensorflowOutput } from './tensorflow-package';

interface Arguments {
  readonly inputs: { readonly a: tf.TensorInfo; readonly b: tf.TensorInfo };
  readonly attrs: tf.BatchMatMulAttrs;
  readonly backend: TensorflowBackend;
}

/**
 * One product of matrices by TensorFlow's MatMul: its BatchMatMulV2, which the stock kernel takes for all,
 * wakes every thread for the smallest.
 */
export const batchMatMul: OwnKernel = {
  kernelName: tf.BatchMatMul,
  create: (stock) => {
    const kernel = (args: Arguments) =>
      isMatrix(args.inputs.a) && isMatrix(args.inputs.b)
        ? multiply(args)
        : stock?.(args as unknown as Parameters<tf.KernelFunc>[0]);
    return kernel as unknown as tf.KernelFunc;
  },
};

/** One matrix, in whatever rank. */
function isMatrix({ dtype, shape }: tf.TensorInfo): boolean {
  return dtype === 'float32' && shape.length >= 2 && shape.slice(0, -2).every((size) => size === 1);
}

function multiply({ inputs: { a, b }, attrs: { transposeA, transposeB }, backend }: Arguments): tf.Tensor {
  const made: number[] = [];
  const inRank = (id: number, from: readonly number[], rank: number): TensorflowOutput | undefined => {
    if (from.length === rank) return undefined;
    const ones = Array<number>(rank - 2).fill(1);
    return reshaped(backend, id, [...ones, ...from.slice(-2)]);
  };
  const operands = backend.getInputTensorIds([a, b]).map((id, i) => {
    const matrix = inRank(id, (i === 0 ? a : b).shape, 2);
    if (matrix !== undefined) made.push(matrix.id);
    return matrix?.id ?? id;
  });
  const attributes = [flag(backend, 'transpose_a', transposeA), flag(backend, 'transpose_b', transposeB)];
  const matrix = execute(backend, 'MatMul', attributes, operands);
  const product = inRank(matrix.id, matrix.shape, Math.max(a.shape.length, b.shape.length));
  if (product !== undefined) made.push(matrix.id);
  for (const id of made) backend.binding.deleteTensor(id);
  return backend.createOutputTensor(product ?? matrix);
}
