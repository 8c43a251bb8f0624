import * as tf from '@tensorflow/tfjs-core';

/** What a stand-in needs of tfjs's `MathBackendCPU`. */
interface CpuBackend {
  makeTensorInfo(shape: number[], dtype: tf.DataType, values: tf.TypedArray): tf.TensorInfo;
  disposeIntermediateTensorInfo(info: tf.TensorInfo): void;
}

type Output = Pick<tf.TensorInfo, 'shape' | 'dtype'>;

/**
 * Runs `compute` while each kernel that tfjs names and the current backend lacks has a stand-in: it gives zeros
 * of the right shape, which is all that the operations after it need in order to be found too.
 *
 * @param missed Called with a kernel's name each time a stand-in is asked for.
 */
export function withStandInKernels<T>(missed: (kernelName: string) => void, compute: () => T): T {
  const backendName = tf.getBackend();
  const lacking = kernelNames().filter((name) => findKernel(name, backendName) === undefined);
  for (const kernelName of lacking) {
    const kernelFunc: tf.KernelFunc = ({ inputs, attrs }) => {
      missed(kernelName);
      const outputs = outputsOf(kernelName, inputs, attrs);
      return Array.isArray(outputs) ? outputs.map(zerosLike) : zerosLike(outputs);
    };
    tf.registerKernel({ kernelName, backendName, kernelFunc });
  }
  try {
    return compute();
  } finally {
    for (const kernelName of lacking) tf.unregisterKernel(kernelName, backendName);
  }
}

function zerosLike({ shape, dtype }: Output): tf.Tensor {
  return tf.zeros(shape, dtype);
}

/** tfjs-core exports each kernel's name under that name. */
function kernelNames(): string[] {
  return Object.entries(tf)
    .filter(([name, value]) => name === value)
    .map(([name]) => name);
}

/** tfjs's type promises a kernel where there may be none. */
function findKernel(kernelName: string, backendName: string): tf.KernelConfig | undefined {
  return tf.getKernel(kernelName, backendName);
}

/** Shapes and types of what a kernel would return: the plain loops of `cpu` tell, run on zeros. */
function outputsOf(
  kernelName: string,
  inputs: tf.NamedTensorInfoMap,
  attrs: tf.NamedAttrMap | undefined,
): Output | Output[] {
  const kernel = tf.getBackend() === 'cpu' ? undefined : findKernel(kernelName, 'cpu');
  if (kernel === undefined) return guessedOutput(inputs, attrs);
  const cpu = tf.findBackend('cpu') as unknown as CpuBackend;
  const zeros: tf.NamedTensorInfoMap = {};
  for (const [name, input] of Object.entries(inputs)) {
    if (input == null) continue;
    const values = tf.util.makeZerosTypedArray(tf.util.sizeFromShape(input.shape), input.dtype as 'float32');
    zeros[name] = cpu.makeTensorInfo(input.shape, input.dtype, values);
  }
  const given = Array.isArray(inputs) ? Object.values(zeros) : zeros;
  const results = kernel.kernelFunc({
    inputs: given as tf.NamedTensorInfoMap,
    attrs: attrs ?? {},
    backend: cpu,
  });
  const made = new Set([...[results].flat(), ...Object.values(zeros)]);
  for (const info of made) if (info !== undefined) cpu.disposeIntermediateTensorInfo(info);
  return results;
}

/** Without cpu's loops: gradients of convolutions are told their shape, most other kernels keep that of an input. */
function guessedOutput(inputs: tf.NamedTensorInfoMap, attrs: tf.NamedAttrMap | undefined): Output {
  const told: unknown = attrs?.filterShape ?? attrs?.inputShape;
  const { input, images, ...others } = inputs;
  const like = input ?? images ?? Object.values(others)[0];
  return { shape: Array.isArray(told) ? told : (like?.shape ?? []), dtype: like?.dtype ?? 'float32' };
}
