import * as tf from '@tensorflow/tfjs-core';
import { addressOf, runWasmKernel, type WasmBackend, type WasmKernelArguments, wasmKernel } from './kernel';
import { simdMatMul } from './simd-mat-mul';
import { type Simd, simdOf } from './simd-module';

interface Inputs {
  readonly a: tf.TensorInfo;
  readonly b: tf.TensorInfo;
  readonly bias?: tf.TensorInfo | undefined;
  readonly preluActivationWeights?: tf.TensorInfo | undefined;
}

type Arguments = WasmKernelArguments<Inputs, tf._FusedMatMulAttrs>;

type Activation = NonNullable<tf._FusedMatMulAttrs['activation']>;

const activations: Readonly<Record<Exclude<Activation, 'linear'>, string>> = {
  relu: tf.Relu,
  relu6: tf.Relu6,
  elu: tf.Elu,
  sigmoid: tf.Sigmoid,
  leakyrelu: tf.LeakyRelu,
  prelu: tf.Prelu,
};

/**
 * A product of matrices, its bias and activation, as `tf.layers.dense` uses it. The stock kernel keeps to one
 * thread, and silently leaves out bias and activation in batches and where an operand is transposed.
 */
export const fusedMatMul = wasmKernel<Inputs, tf._FusedMatMulAttrs>(tf._FusedMatMul, () => (args) => {
  const { inputs, attrs, backend } = args;
  const simd = simdOf(backend);
  if (simd && isPlain(args)) {
    return activated(args, multiply(simd, backend, inputs, attrs.transposeB));
  }
  const { transposeA, transposeB } = attrs;
  const product = runWasmKernel(
    backend,
    tf.BatchMatMul,
    { a: inputs.a, b: inputs.b },
    { transposeA, transposeB },
  );
  const { bias } = inputs;
  return activated(args, bias === undefined ? product : next(backend, tf.Add, { a: product, b: bias }, {}));
});

function activated({ inputs, attrs, backend }: Arguments, x: tf.TensorInfo): tf.TensorInfo {
  const { activation = 'linear', leakyreluAlpha } = attrs;
  if (activation === 'linear') return x;
  const { preluActivationWeights: alpha } = inputs;
  const operands = activation === 'prelu' && alpha !== undefined ? { x, alpha } : { x };
  const attributes = activation === 'leakyrelu' ? { alpha: leakyreluAlpha } : {};
  return next(backend, activations[activation], operands, attributes);
}

/** Runs a kernel on the result of another one, its first input, which is of no more use then. */
function next(
  backend: WasmBackend,
  kernelName: string,
  inputs: tf.NamedTensorInfoMap,
  attrs: Readonly<Record<string, unknown>>,
): tf.TensorInfo {
  const result = runWasmKernel(backend, kernelName, inputs, attrs);
  const [first] = Object.values(inputs);
  if (first !== undefined) backend.disposeData(first.dataId);
  return result;
}

/** Whether it is one product of two matrices, the first not transposed, and a bias of as many numbers as columns. */
function isPlain({ inputs: { a, b, bias }, attrs: { transposeA, transposeB } }: Arguments): boolean {
  const matrices = [a, b].every(
    ({ dtype, shape }) => dtype === 'float32' && shape.length === 3 && shape[0] === 1 && !shape.includes(0),
  );
  const columns = b.shape.at(transposeB ? -2 : -1);
  return (
    matrices &&
    !transposeA &&
    a.shape.at(-1) === b.shape.at(transposeB ? -1 : -2) &&
    (bias === undefined || (bias.dtype === 'float32' && bias.shape.length === 1 && bias.shape[0] === columns))
  );
}

function multiply(
  simd: Simd,
  backend: WasmBackend,
  { a, b, bias }: Inputs,
  transposeB: boolean,
): tf.TensorInfo {
  const [, n = 0, k = 0] = a.shape;
  const m = b.shape[transposeB ? 1 : 2] ?? 0;
  const result = backend.makeOutput([1, n, m], 'float32');
  simdMatMul(simd, backend, {
    a: addressOf(backend, a),
    b: addressOf(backend, b),
    output: addressOf(backend, result),
    n,
    m,
    k,
    transposeB,
    bias: bias && addressOf(backend, bias),
  });
  return result;
}
