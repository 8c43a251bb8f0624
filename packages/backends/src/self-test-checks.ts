import { fillNormal, seededStream } from '@eigengan/core';
import * as tf from '@tensorflow/tfjs-core';
import {
  type Convolution,
  referenceConvolution,
  referenceFilterGradient,
  referenceInputGradient,
} from './reference-convolution';

interface Check {
  readonly name: string;
  readonly compute: () => tf.Tensor;
  readonly expected: () => ArrayLike<number>;
}

/** A convolution of odd sizes: 'same' padding with stride 2 puts one row above and one below. */
const strided: Convolution = {
  batch: 3,
  height: 7,
  width: 9,
  input: 5,
  outHeight: 4,
  outWidth: 5,
  output: 6,
  filterHeight: 3,
  filterWidth: 3,
  strides: [2, 2],
  top: 1,
  left: 1,
};
const straight: Convolution = { ...strided, outHeight: 7, outWidth: 9, strides: [1, 1] };
/** As at the two ends of a GAN: to many channels and to few. */
const widening: Convolution = { ...strided, input: 4, output: 16 };
const narrowing: Convolution = { ...straight, input: 8, output: 3 };
const alpha = 0.2;

const numbers = (name: string, size: number) =>
  fillNormal(seededStream(0, `self-test/${name}`), new Float32Array(size));

const left = numbers('left', 2 * 7 * 5);
const right = numbers('right', 2 * 5 * 6);

/** A convolution's operands: the input, the filter and the gradient of the output. */
function operands(c: Convolution) {
  const x = numbers('x', c.batch * c.height * c.width * c.input);
  const filter = numbers('filter', c.filterHeight * c.filterWidth * c.input * c.output);
  const dy = numbers('dy', c.batch * c.outHeight * c.outWidth * c.output);
  return {
    x,
    filter,
    dy,
    images: () => tf.tensor4d(x, [c.batch, c.height, c.width, c.input]),
    kernel: () => tf.tensor4d(filter, [c.filterHeight, c.filterWidth, c.input, c.output]),
    weights: () => tf.tensor4d(dy, [c.batch, c.outHeight, c.outWidth, c.output]),
  };
}

const convolutions = [strided, straight, widening, narrowing].flatMap((c): Check[] => {
  const { x, filter, dy, images, kernel, weights } = operands(c);
  const name = `conv2d of ${c.input} to ${c.output} channels, stride ${c.strides[0]}`;
  const convolve = (image: tf.Tensor, w: tf.Tensor) =>
    tf.conv2d(image as tf.Tensor4D, w as tf.Tensor4D, [...c.strides], 'same');
  const score = (image: tf.Tensor, w: tf.Tensor) => tf.sum(tf.mul(convolve(image, w), weights()));
  return [
    {
      name,
      compute: () => convolve(images(), kernel()),
      expected: () => referenceConvolution(x, filter, c),
    },
    {
      name: `input gradient of ${name}`,
      compute: () => tf.grad((image) => score(image, kernel()))(images()),
      expected: () => referenceInputGradient(dy, filter, c),
    },
    {
      name: `filter gradient of ${name}`,
      compute: () => tf.grad((w) => score(images(), w))(kernel()),
      expected: () => referenceFilterGradient(x, dy, c),
    },
  ];
});

const { x, filter, dy: head, images, kernel, weights } = operands(straight);

/**
 * R1 of the critic `sum(head * leakyRelu(conv(x)))`: with `m` the head times the slopes, the gradient in x
 * is `g = inputGradient(m)`, and the gradient of `sum(g^2)` in the filter is `filterGradient(2 g, m)`.
 */
const penalty: Check = {
  name: 'gradient of a gradient penalty through leakyRelu',
  compute: () =>
    tf.grad((w) => {
      const critic = (image: tf.Tensor) =>
        tf.sum(
          tf.mul(
            tf.leakyRelu(tf.conv2d(image as tf.Tensor4D, w as tf.Tensor4D, 1, 'same'), alpha),
            weights(),
          ),
        );
      return tf.sum(tf.square(tf.grad(critic)(images())));
    })(kernel()),
  expected: () => {
    const features = referenceConvolution(x, filter, straight);
    const m = features.map((value, i) => (value > 0 ? 1 : alpha) * (head[i] as number));
    const g = referenceInputGradient(m, filter, straight);
    return referenceFilterGradient(
      g.map((value) => 2 * value),
      m,
      straight,
    );
  },
};

const products = [false, true].flatMap((transposeA) =>
  [false, true].map((transposeB): Check => {
    const a = (n: number, i: number, k: number) =>
      left[n * 35 + (transposeA ? k * 7 + i : i * 5 + k)] as number;
    const b = (n: number, k: number, j: number) =>
      right[n * 30 + (transposeB ? j * 5 + k : k * 6 + j)] as number;
    return {
      name: `matMul${transposeA ? ', first transposed' : ''}${transposeB ? ', second transposed' : ''}`,
      compute: () =>
        tf.matMul(
          tf.tensor3d(left, transposeA ? [2, 5, 7] : [2, 7, 5]),
          tf.tensor3d(right, transposeB ? [2, 6, 5] : [2, 5, 6]),
          transposeA,
          transposeB,
        ),
      expected: () =>
        Float64Array.from({ length: 2 * 7 * 6 }, (_, index) => {
          const [n, i, j] = [Math.floor(index / 42), Math.floor(index / 6) % 7, index % 6];
          let sum = 0;
          for (let k = 0; k < 5; k++) sum += a(n, i, k) * b(n, k, j);
          return sum;
        }),
    };
  }),
);

const elementwise = (
  [
    ['leakyRelu', (t: tf.Tensor) => tf.leakyRelu(t, alpha), (v: number) => (v > 0 ? v : alpha * v)],
    ['tanh', tf.tanh, Math.tanh],
    ['sigmoid', tf.sigmoid, (v: number) => 1 / (1 + Math.exp(-v))],
    ['softplus', tf.softplus, (v: number) => Math.log1p(Math.exp(v))],
    ['sqrt of square', (t: tf.Tensor) => tf.sqrt(tf.square(t)), Math.abs],
  ] as const
).map(
  ([name, op, scalar]): Check => ({
    name,
    compute: () => op(tf.tensor1d(x)),
    expected: () => Float64Array.from(x, scalar),
  }),
);

const sums: Check = {
  name: 'sum over batch, height and width',
  compute: () => tf.sum(images(), [0, 1, 2]),
  expected: () => {
    const result = new Float64Array(5);
    x.forEach((value, i) => {
      result[i % 5] = (result[i % 5] as number) + value;
    });
    return result;
  },
};

/** Everything that `selfTest` compares. */
export const selfTestChecks: readonly Check[] = [...convolutions, penalty, ...products, ...elementwise, sums];
