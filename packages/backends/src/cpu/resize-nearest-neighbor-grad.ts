import * as tf from '@tensorflow/tfjs-core';
import { nearestNeighborGradient } from '../loops/nearest-neighbor-gradient';
import type { OwnKernel } from '../register-kernels';

/** What the kernel uses of tfjs's `MathBackendCPU`. */
interface CpuBackend {
  readonly data: { get(dataId: tf.DataId): { readonly values: Float32Array } };
  makeTensorInfo(shape: number[], dtype: tf.DataType, values: Float32Array): tf.TensorInfo;
}

interface Arguments {
  readonly inputs: { readonly images: tf.TensorInfo; readonly dy: tf.TensorInfo };
  readonly attrs: tf.ResizeNearestNeighborGradAttrs & { readonly halfPixelCenters?: boolean };
  readonly backend: CpuBackend;
}

/**
 * The gradient of a nearest-neighbour resize, so of `tf.layers.upSampling2d`. The stock kernel reads the
 * wrong image from the second of a batch on, and knows no half-pixel centres.
 */
export const resizeNearestNeighborGrad: OwnKernel = {
  kernelName: tf.ResizeNearestNeighborGrad,
  create: () => resizeGradient as unknown as tf.KernelFunc,
};

function resizeGradient({ inputs: { images, dy }, attrs, backend }: Arguments): tf.TensorInfo {
  const from = images.shape as [number, number, number, number];
  const dx = new Float32Array(tf.util.sizeFromShape(from));
  nearestNeighborGradient(backend.data.get(dy.dataId).values, dx, {
    from,
    to: [dy.shape[1] ?? 0, dy.shape[2] ?? 0],
    alignCorners: attrs.alignCorners,
    halfPixelCenters: attrs.halfPixelCenters === true,
  });
  return backend.makeTensorInfo(from, 'float32', dx);
}
