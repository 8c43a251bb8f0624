import { assertInteger } from '@eigengan/core';
import * as tf from '@tensorflow/tfjs-core';
import type { BackendModule } from './backend-module';
import { loadTensorflow } from './tensorflow/load-tensorflow';
import { registerTensorflowKernels } from './tensorflow/register-tensorflow-kernels';
import type { TensorflowBackend } from './tensorflow/tensorflow-package';

/** TensorFlow's own C library by tfjs-node, or tfjs-node-gpu where that is installed: the fastest on a CPU. */
export const tensorflowBackend: BackendModule = {
  name: 'tensorflow',
  packageName: '@tensorflow/tfjs-node',
  async load({ threads: wanted } = {}) {
    if (wanted !== undefined) assertInteger('useBackend threads', wanted, { min: 1 });
    const { version, threads } = await loadTensorflow(wanted);
    return {
      version,
      configure: () => {},
      fillGaps: registerTensorflowKernels,
      describe: () => {
        const { isUsingGpuDevice } = tf.backend() as unknown as TensorflowBackend;
        return {
          threads: isUsingGpuDevice ? 1 : threads,
          simd: false,
          device: isUsingGpuDevice ? 'GPU (CUDA)' : 'CPU',
          software: false,
        };
      },
    };
  },
};
