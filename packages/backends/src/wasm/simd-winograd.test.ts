import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type ConvolutionCase, computeOn, expectAgreement, normals, outputShape } from './agreement.testing';
import { registerWasmKernels } from './register-wasm-kernels';
import { enableWinograd, type WinogradSizes, winogradPays } from './simd-winograd';
import { winogradGradientPays } from './simd-winograd-gradient';

const fours = fc.integer({ min: 1, max: 7 }).map((n) => 4 * n);
const size = fc.integer({ min: 3, max: 19 });
const border = fc.integer({ min: 0, max: 2 });

const convolutions: fc.Arbitrary<ConvolutionCase> = fc
  .record({
    stride: fc.constantFrom(1, 2),
    x: fc.tuple(fc.integer({ min: 1, max: 4 }), size, size, fours),
    output: fours,
    pad: fc.oneof(
      fc.constantFrom('same' as const, 'valid' as const),
      fc
        .tuple(fc.tuple(border, border), fc.tuple(border, border))
        .map(([rows, columns]): tf.backend_util.ExplicitPadding => [[0, 0], rows, columns, [0, 0]]),
    ),
  })
  .map(({ stride, x, output, pad }) => ({
    x,
    filter: [3, 3, x[3], output],
    strides: [stride, stride],
    pad,
  }));

/** What a case is to the forward convolution, and to its input gradient. */
function sizesOf(c: ConvolutionCase): readonly [WinogradSizes, WinogradSizes] {
  const info = tf.backend_util.computeConv2DInfo([...c.x], [...c.filter], c.strides, 1, c.pad);
  const { batchSize: images, padInfo, inHeight, inWidth, outHeight, outWidth, strideHeight } = info;
  return [
    {
      kind: strideHeight === 1 ? 'same' : 'halved',
      images,
      height: inHeight,
      width: inWidth,
      channels: info.inChannels,
      top: padInfo.top,
      left: padInfo.left,
      outHeight,
      outWidth,
      outChannels: info.outChannels,
    },
    {
      kind: strideHeight === 1 ? 'same' : 'doubled',
      images,
      height: outHeight,
      width: outWidth,
      channels: info.outChannels,
      top: 3 - strideHeight - padInfo.top,
      left: 3 - strideHeight - padInfo.left,
      outHeight: inHeight,
      outWidth: inWidth,
      outChannels: info.inChannels,
    },
  ];
}

const convolution = (c: ConvolutionCase) =>
  tf.fused.conv2d({
    x: normals('x', c.x) as tf.Tensor4D,
    filter: normals('filter', c.filter) as tf.Tensor4D,
    strides: c.strides,
    pad: c.pad,
    bias: normals('bias', [c.filter[3]]) as tf.Tensor1D,
  });

const inputGradient = (c: ConvolutionCase) =>
  tf
    .engine()
    .runKernel(
      tf.Conv2DBackpropInput,
      { dy: normals('dy', outputShape(c)), filter: normals('filter', c.filter) },
      { strides: c.strides, pad: c.pad, dataFormat: 'NHWC', inputShape: [...c.x] },
    ) as tf.Tensor;

const filterGradient = (c: ConvolutionCase) =>
  tf
    .engine()
    .runKernel(
      tf.Conv2DBackpropFilter,
      { x: normals('x', c.x), dy: normals('dy', outputShape(c)) },
      { strides: c.strides, pad: c.pad, dataFormat: 'NHWC', filterShape: [...c.filter] },
    ) as tf.Tensor;

beforeAll(() => {
  registerWasmKernels();
});

afterEach(() => {
  enableWinograd(true);
});

describe('a 3x3 convolution by Winograd', () => {
  test('agrees with cpu for any size and padding', () =>
    fc.assert(
      fc.asyncProperty(
        convolutions.filter((c) => winogradPays(sizesOf(c)[0])),
        (c) => expectAgreement(() => convolution(c), 1e-5),
      ),
      { numRuns: 60, seed: 1 },
    ));

  test('gives the input gradient that cpu gives, for any size and padding', () =>
    fc.assert(
      fc.asyncProperty(
        convolutions.filter((c) => winogradPays(sizesOf(c)[1])),
        (c) => expectAgreement(() => inputGradient(c), 1e-5),
      ),
      { numRuns: 60, seed: 1 },
    ));

  test('gives the filter gradient that cpu gives, for any size and padding', () =>
    fc.assert(
      fc.asyncProperty(
        convolutions.filter((c) => winogradGradientPays(sizesOf(c)[0])),
        (c) => expectAgreement(() => filterGradient(c), 1e-5),
      ),
      { numRuns: 20, seed: 1 },
    ));

  describe.each([
    [1, 2, 32, 16, 16],
    [1, 2, 8, 64, 64],
    [1, 8, 4, 128, 128],
    [1, 4, 8, 256, 16],
    [2, 16, 16, 32, 64],
    [2, 32, 8, 64, 128],
  ])('in double precision, stride %i, batch %i, %i px, %i -> %i', (stride, batch, pixels, input, output) => {
    const c: ConvolutionCase = {
      x: [batch, pixels, pixels, input],
      filter: [3, 3, input, output],
      strides: [stride, stride],
      pad: 'same',
    };

    test.each([
      ['result', convolution, exactConvolution, 3],
      ['input gradient', inputGradient, exactInputGradient, 5],
      ['filter gradient', filterGradient, exactFilterGradient, 5],
    ] as const)(
      'its %s errs by a small multiple of the direct error',
      async (_, compute, exact, multiple) => {
        const expected = exact(c);
        const winograd = await computeOn('wasm', () => compute(c));
        enableWinograd(false);
        const direct = await computeOn('wasm', () => compute(c));
        expect(winograd).not.toEqual(direct);
        expect(deviation(winograd, expected)).toBeLessThan(multiple * deviation(direct, expected));
      },
    );
  });

  test('is left alone where the direct one is faster', () => {
    const layer = {
      kind: 'same' as const,
      images: 32,
      height: 8,
      width: 8,
      top: 1,
      left: 1,
      outHeight: 8,
      outWidth: 8,
    };
    expect(winogradPays({ ...layer, channels: 64, outChannels: 64 })).toBe(true);
    expect(winogradPays({ ...layer, channels: 64, outChannels: 3 })).toBe(false);
    expect(winogradPays({ ...layer, channels: 6, outChannels: 64 })).toBe(false);
    const point = { height: 1, width: 1, outHeight: 1, outWidth: 1, channels: 64, outChannels: 64 };
    expect(winogradPays({ ...layer, ...point })).toBe(false);
    const halved = { ...layer, kind: 'halved' as const, height: 16, width: 16 };
    expect(winogradPays({ ...halved, channels: 64, outChannels: 64 })).toBe(true);
    expect(winogradPays({ ...halved, channels: 8, outChannels: 16 })).toBe(false);
  });
});

/** Root of the mean square of the differences. */
function deviation(values: Float32Array, exact: Float64Array): number {
  const sum = exact.reduce((total, value, i) => total + (value - Number(values[i])) ** 2, 0);
  return Math.sqrt(sum / exact.length);
}

type Floats = Float32Array | Float64Array;

/** Adds up all products of a convolution of an even size, with one of its three tensors as the sums. */
function addProducts(c: ConvolutionCase, add: (x: number, filter: number, y: number) => void): void {
  const [, height, width, input] = c.x;
  const [batch, rows, columns, output] = outputShape(c);
  const stride = c.strides[0];
  const top = stride === 1 ? 1 : 0;
  for (let pixel = 0; pixel < batch * rows * columns; pixel++) {
    const image = Math.floor(pixel / columns / rows);
    for (let i = 0; i < 3; i++) {
      for (let j = 0; j < 3; j++) {
        const row = (Math.floor(pixel / columns) % rows) * stride + i - top;
        const column = (pixel % columns) * stride + j - top;
        if (row < 0 || row >= height || column < 0 || column >= width) continue;
        const from = ((image * height + row) * width + column) * input;
        for (let k = 0; k < input; k++) {
          const tap = ((3 * i + j) * input + k) * output;
          for (let o = 0; o < output; o++) add(from + k, tap + o, pixel * output + o);
        }
      }
    }
  }
}

const floats = (name: string, shape: readonly number[]) =>
  tf.tidy(() => normals(name, shape).dataSync<'float32'>());

function exactConvolution(c: ConvolutionCase): Float64Array {
  const [x, filter, bias] = [floats('x', c.x), floats('filter', c.filter), floats('bias', [c.filter[3]])];
  const y = new Float64Array(tf.util.sizeFromShape(outputShape(c)));
  for (let i = 0; i < y.length; i++) y[i] = at(bias, i % c.filter[3]);
  addProducts(c, (i, j, k) => {
    y[k] = at(y, k) + at(x, i) * at(filter, j);
  });
  return y;
}

function exactInputGradient(c: ConvolutionCase): Float64Array {
  const [dy, filter] = [floats('dy', outputShape(c)), floats('filter', c.filter)];
  const dx = new Float64Array(tf.util.sizeFromShape([...c.x]));
  addProducts(c, (i, j, k) => {
    dx[i] = at(dx, i) + at(dy, k) * at(filter, j);
  });
  return dx;
}

function exactFilterGradient(c: ConvolutionCase): Float64Array {
  const [x, dy] = [floats('x', c.x), floats('dy', outputShape(c))];
  const gradient = new Float64Array(tf.util.sizeFromShape([...c.filter]));
  addProducts(c, (i, j, k) => {
    gradient[j] = at(gradient, j) + at(x, i) * at(dy, k);
  });
  return gradient;
}

const at = (values: Floats, index: number) => values[index] as number;
