import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-wasm';
import '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, test } from 'vitest';
import { registerCpuKernels, registerWasmKernels } from '../index';
import { normals } from '../wasm/agreement.testing';

/** The largest deviation of the gradient of `sum(weights * f(x))` from central differences. */
function gradientError(f: (x: tf.Tensor4D) => tf.Tensor, x: tf.Tensor4D, step: number): number {
  return tf.tidy(() => {
    const weights = normals('weights', f(x).shape);
    const score = (input: tf.Tensor) => tf.sum(tf.mul(weights, f(input as tf.Tensor4D)));
    const gradient = tf.grad(score)(x).dataSync();
    const start = Array.from(x.dataSync());
    return Math.max(
      ...start.map((_, i) => {
        const at = (delta: number) => {
          const moved = start.map((v, k) => (k === i ? v + delta : v));
          return Number(score(tf.tensor4d(moved, x.shape)).dataSync()[0]);
        };
        return Math.abs((at(step) - at(-step)) / (2 * step) - Number(gradient[i]));
      }),
    );
  });
}

beforeAll(() => {
  registerCpuKernels();
  registerWasmKernels();
});

describe.each(['cpu', 'wasm'])('gradients of resizing and pooling on %s', (backend) => {
  beforeAll(async () => {
    await tf.setBackend(backend);
  });

  test.each([
    [[4, 6], false, false],
    [[3, 5], false, false],
    [[3, 5], true, false],
    [[1, 1], true, false],
    [[3, 5], false, true],
    [[2, 2], false, true],
  ] as const)(
    'a nearest-neighbour resize to %j, corners aligned %j, pixels at half %j',
    (size, aligned, half) => {
      const x = normals('x', [2, 2, 3, 2]) as tf.Tensor4D;
      // Linear in x, so that a long step is exact.
      const error = gradientError((t) => tf.image.resizeNearestNeighbor(t, [...size], aligned, half), x, 1);
      expect(error).toBeLessThan(1e-5);
    },
  );

  test.each([
    [2, 2, 'valid'],
    [3, 2, 'same'],
    [2, 1, 'same'],
  ] as const)(
    'max pooling with windows of %j, stride %j, %j padding, all values negative',
    (size, stride, pad) => {
      const x = tf.sub(normals('x', [2, 5, 6, 3]), 4) as tf.Tensor4D;
      expect(gradientError((t) => tf.maxPool(t, size, stride, pad), x, 1e-3)).toBeLessThan(1e-2);
    },
  );
});

describe("wasm's gradient of a bilinear resize", () => {
  beforeAll(async () => {
    await tf.setBackend('wasm');
  });

  test.each([
    [[4, 6], false, false],
    [[3, 5], false, false],
    [[3, 5], true, false],
    [[1, 1], true, false],
    [[1, 2], false, true],
    [[5, 7], false, true],
  ] as const)('to %j, corners aligned %j, pixels at half %j', (size, alignCorners, halfPixelCenters) => {
    tf.tidy(() => {
      // Linear: the gradient of sum(dy * resize(x)) in each pixel is what that pixel alone gives.
      const shape = [2, 2, 3, 2] as const;
      const count = 2 * 2 * 3 * 2;
      const dy = normals('dy', [2, ...size, 2]);
      const images = normals('x', shape);
      const gradient = tf
        .engine()
        .runKernel(tf.ResizeBilinearGrad, { images, dy }, { alignCorners, halfPixelCenters }) as tf.Tensor;
      expect(gradient.shape).toEqual(shape);
      const expected = Array.from({ length: count }, (_, index) => {
        const pixel = tf.reshape(tf.oneHot(index, count), [...shape]) as tf.Tensor4D;
        const shown = tf.image.resizeBilinear(
          tf.cast(pixel, 'float32'),
          [...size],
          alignCorners,
          halfPixelCenters,
        );
        return Number(tf.sum(tf.mul(shown, dy)).dataSync()[0]);
      });
      gradient.dataSync().forEach((value, i) => {
        expect(value).toBeCloseTo(Number(expected[i]), 5);
      });
    });
  });
});
