import * as tf from '@tensorflow/tfjs-core';
import { deferred } from './deferred';
import { flag } from './operation';
import { givenShape, inShape } from './reshape';
import { type Kernel, tensorflowKernel } from './tensorflow-kernel';
import { floatType } from './tensorflow-package';

type BatchMatMul = Kernel<{ a: tf.TensorInfo; b: tf.TensorInfo }, tf.BatchMatMulAttrs>;

/**
 * One product of matrices by TensorFlow's MatMul: its BatchMatMulV2, which the stock kernel takes for all,
 * wakes every thread for the smallest.
 */
export const batchMatMul = tensorflowKernel<BatchMatMul>(
  tf.BatchMatMul,
  (stock) => (args) => (isMatrix(args.inputs.a) && isMatrix(args.inputs.b) ? multiply(args) : stock(args)),
);

/** One matrix, in whatever rank. */
function isMatrix({ dtype, shape }: tf.TensorInfo): boolean {
  return dtype === 'float32' && shape.length >= 2 && shape.slice(0, -2).every((size) => size === 1);
}

const multiply: BatchMatMul = ({ inputs, attrs: { transposeA, transposeB }, backend }) => {
  const [a, b] = [inputs.a.shape, inputs.b.shape];
  const rows = a.at(transposeA ? -1 : -2) ?? 1;
  const columns = b.at(transposeB ? -2 : -1) ?? 1;
  const product = deferred(backend, [rows, columns], inputs, ({ a, b }) => {
    const operands = [a, b].map((operand) => inShape(backend, operand, operand.shape.slice(-2)));
    const product = backend.executeSingleOutput(
      'MatMul',
      [
        floatType(backend),
        flag(backend, 'transpose_a', transposeA),
        flag(backend, 'transpose_b', transposeB),
      ],
      operands,
    );
    for (const { dataId } of operands) backend.disposeData(dataId);
    return product;
  });
  const ones = Array<number>(Math.max(a.length, b.length) - 2).fill(1);
  return givenShape(backend, product, [...ones, rows, columns]);
};
