import * as tf from '@tensorflow/tfjs-core';
import { transpose } from './composed-ops';
import { deferred } from './deferred';
import {
  addressOf,
  runKernelFunction,
  type WasmBackend,
  type WasmKernelArguments,
  wasmKernel,
} from './kernel';
import { simdMatMul, simdMatMulTransposed } from './simd-mat-mul';
import { type Simd, simdOf } from './simd-module';

type Arguments = WasmKernelArguments<
  { readonly a: tf.TensorInfo; readonly b: tf.TensorInfo },
  tf.BatchMatMulAttrs
>;

/** The matrix product. Stock wasm multiplies a transposed operand in a plain loop; every dense gradient is one. */
export const batchMatMul = wasmKernel(tf.BatchMatMul, (stock) => (args: Arguments) => {
  if (stock === undefined) throw new Error('BatchMatMul on wasm: the stock kernel is missing');
  const simd = simdOf(args.backend);
  return (simd && simdBatchMatMul(simd, args)) ?? composedBatchMatMul(stock, args);
});

/** The stock product, with a transposed first operand transposed beforehand. */
export function composedBatchMatMul(
  stock: tf.KernelFunc,
  { inputs: { a, b }, attrs, backend }: Arguments,
): tf.TensorInfo {
  if (!attrs.transposeA) return runKernelFunction(stock, backend, { a, b }, { ...attrs });
  const straight = transposed(backend, a);
  const product = runKernelFunction(stock, backend, { a: straight, b }, { ...attrs, transposeA: false });
  backend.disposeData(straight.dataId);
  return product;
}

/** The product by our own kernels; undefined where the stock one has to say what is wrong, or it is empty. */
function simdBatchMatMul(
  simd: Simd,
  { inputs: { a, b }, attrs: { transposeA, transposeB }, backend }: Arguments,
): tf.TensorInfo | undefined {
  const [k, n] = matrix(a, !transposeA);
  const [m, inner] = matrix(b, !transposeB);
  const [outerA, outerB] = [a.shape.slice(0, -2), b.shape.slice(0, -2)];
  const [countA, countB] = [tf.util.sizeFromShape(outerA), tf.util.sizeFromShape(outerB)];
  const floats = a.dtype === 'float32' && b.dtype === 'float32';
  const batches = Math.max(countA, countB);
  const repeats = countA === countB || countA === 1 || countB === 1;
  if (!floats || !repeats || inner !== k || n * m * k * Math.min(countA, countB) === 0) return undefined;
  const outer = tf.broadcast_util.assertAndGetBroadcastShape(outerA, outerB);
  if (tf.util.sizeFromShape(outer) !== batches) return undefined;

  return deferred(backend, [...outer, n, m], { a, b }, ({ a, b }) => {
    // A sum over rows needs both operands with their rows in order.
    const right = transposeA && transposeB ? transposed(backend, b) : b;
    const result = backend.makeOutput([...outer, n, m], 'float32');
    for (let index = 0; index < batches; index++) {
      const product = {
        a: addressOf(backend, a) + (countA === 1 ? 0 : 4 * n * k * index),
        b: addressOf(backend, right) + (countB === 1 ? 0 : 4 * k * m * index),
        output: addressOf(backend, result) + 4 * n * m * index,
        n,
        m,
        k,
      };
      if (transposeA) simdMatMulTransposed(simd, backend, product);
      else simdMatMul(simd, backend, { ...product, transposeB });
    }
    if (right !== b) backend.disposeData(right.dataId);
    return result;
  });
}

/** The last two sizes, exchanged when `swap`. */
function matrix({ shape }: tf.TensorInfo, swap: boolean): [number, number] {
  const [rows = 0, columns = 0] = shape.slice(-2);
  return swap ? [columns, rows] : [rows, columns];
}

/** `x` with its last two axes exchanged; owned by the caller. */
function transposed(backend: WasmBackend, x: tf.TensorInfo): tf.TensorInfo {
  const last = x.shape.length - 1;
  const perm = [...x.shape.keys()];
  perm[last] = last - 1;
  perm[last - 1] = last;
  return transpose(backend, x, perm);
}
