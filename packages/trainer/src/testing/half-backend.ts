import { MathBackendCPU } from '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';

/** Registers `half`: the cpu backend with additions rounded to 11 significant bits, as 16-bit floats have. */
export function registerHalfBackend(): void {
  tf.registerBackend('half', () => new MathBackendCPU());
  tf.copyRegisteredKernels('cpu', 'half');
  const add = tf.getKernel('Add', 'cpu');
  tf.unregisterKernel('Add', 'half');
  tf.registerKernel({
    kernelName: 'Add',
    backendName: 'half',
    kernelFunc: (params) => {
      const sum = add.kernelFunc(params);
      const values: unknown = 'data' in params.backend ? bufferOf(params.backend, sum) : undefined;
      if (values instanceof Float32Array) values.set(values.map(rounded));
      return sum;
    },
  });
}

function bufferOf(backend: object, info: tf.TensorInfo | tf.TensorInfo[]): unknown {
  return backend instanceof MathBackendCPU && !Array.isArray(info)
    ? backend.data.get(info.dataId).values
    : undefined;
}

function rounded(value: number): number {
  if (value === 0 || !Number.isFinite(value)) return value;
  const unit = 2 ** (Math.floor(Math.log2(Math.abs(value))) - 10);
  return Math.round(value / unit) * unit;
}
