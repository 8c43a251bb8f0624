import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-wasm';
import '@tensorflow/tfjs-layers';
import { fillNormal, seededStream } from '@eigengan/core';
import fc from 'fast-check';
import { expect } from 'vitest';

/** A convolution as its op in tfjs takes it. */
export interface ConvolutionCase {
  readonly x: readonly [number, number, number, number];
  readonly filter: readonly [number, number, number, number];
  readonly strides: [number, number];
  readonly pad: 'same' | 'valid' | number | tf.backend_util.ExplicitPadding;
}

const channels = fc.oneof(fc.integer({ min: 1, max: 20 }), fc.constantFrom(1, 3, 4, 8, 16, 24));
const size = fc.integer({ min: 1, max: 12 });
const kernelSize = fc.integer({ min: 1, max: 7 });
const border = fc.integer({ min: 0, max: 4 });

/** Random convolutions that have at least one output pixel. */
export const convolutionCases: fc.Arbitrary<ConvolutionCase> = fc
  .record({
    x: fc.tuple(fc.integer({ min: 1, max: 5 }), size, size, channels),
    window: fc.tuple(kernelSize, kernelSize, channels),
    strides: fc.oneof(
      fc.constantFrom<[number, number]>([1, 1], [2, 2]),
      fc.tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 3 })),
    ),
    pad: fc.oneof(
      fc.constantFrom('same' as const, 'valid' as const),
      border,
      fc
        .tuple(fc.tuple(border, border), fc.tuple(border, border))
        .map(([rows, columns]): tf.backend_util.ExplicitPadding => [[0, 0], rows, columns, [0, 0]]),
    ),
  })
  .map(
    ({ x, window: [height, width, output], strides, pad }): ConvolutionCase => ({
      x,
      filter: [height, width, x[3], output],
      strides,
      pad,
    }),
  )
  // With a number for padding tfjs takes the filter's height and the row stride for both axes.
  .filter(
    ({ filter, strides, pad }) =>
      typeof pad !== 'number' || (filter[0] === filter[1] && strides[0] === strides[1]),
  )
  .filter((c) => outputShape(c).every((n) => n > 0));

/** `[batch, height, width, channels]` of the convolution's result. */
export function outputShape({ x, filter, strides, pad }: ConvolutionCase): [number, number, number, number] {
  return tf.backend_util.computeConv2DInfo([...x], [...filter], strides, 1, pad).outShape as [
    number,
    number,
    number,
    number,
  ];
}

/** Standard normal numbers, the same for the same name. */
export function normals(name: string, shape: readonly number[]): tf.Tensor {
  const count = shape.reduce((a, b) => a * b, 1);
  return tf.tensor(fillNormal(seededStream(0, name), new Float32Array(count)), [...shape]);
}

/** Runs `compute` on a backend, checks that it leaves nothing there, and returns the result's numbers. */
export async function computeOn(backend: string, compute: () => tf.Tensor): Promise<Float32Array> {
  await tf.setBackend(backend);
  const count = () => [tf.memory().numTensors, tf.memory().numDataBuffers, tf.engine().backend.numDataIds()];
  const before = count();
  const result = tf.tidy(compute);
  const numbers = Float32Array.from(result.dataSync());
  result.dispose();
  expect(count()).toEqual(before);
  return numbers;
}

/** Expects the backend `wasm` to give what `cpu` gives, to `tolerance` of the largest number. */
export async function expectAgreement(compute: () => tf.Tensor, tolerance = 1e-4): Promise<void> {
  const expected = await computeOn('cpu', compute);
  const actual = await computeOn('wasm', compute);
  expect(actual.length).toBe(expected.length);
  const scale = expected.reduce((largest, value) => Math.max(largest, Math.abs(value)), 1e-6);
  const worst = expected.reduce((largest, value, i) => {
    const error = Math.abs(value - Number(actual[i]));
    return Number.isNaN(error) ? Number.POSITIVE_INFINITY : Math.max(largest, error);
  }, 0);
  expect(worst / scale).toBeLessThanOrEqual(tolerance);
}
