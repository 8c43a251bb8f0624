import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { beforeAll, describe, test } from 'vitest';
import { registerCpuKernels, registerWasmKernels } from '../index';
import { expectAgreement, normals } from './agreement.testing';

/** One random use of a kernel. */
type Case = (g: fc.GeneratorValue) => () => tf.Tensor;

const integer = (g: fc.GeneratorValue, min: number, max: number) => g(fc.integer, { min, max });
const pick = <T>(g: fc.GeneratorValue, ...values: readonly T[]) =>
  values[integer(g, 0, values.length - 1)] as T;
const shapeOf = (g: fc.GeneratorValue, rank: number, max = 7) =>
  Array.from({ length: rank }, () => integer(g, 1, max));
const anyShape = (g: fc.GeneratorValue) => shapeOf(g, integer(g, 1, 4));
const axesOf = (g: fc.GeneratorValue, rank: number) => {
  const axes = [...Array(rank).keys()].filter(() => g(fc.boolean));
  return axes.length === 0 ? [integer(g, 0, rank - 1)] : axes;
};
/** Small, ordinary and saturating numbers. */
const numbers = (g: fc.GeneratorValue, shape: readonly number[], name = 'x') => {
  const scale = pick(g, 0.01, 1, 30);
  return () => tf.mul(normals(name, shape), scale);
};
const images = (g: fc.GeneratorValue) => {
  const shape = [integer(g, 1, 4), integer(g, 1, 9), integer(g, 1, 9), integer(g, 1, 9)];
  return () => normals('x', shape) as tf.Tensor4D;
};

const unary =
  (op: (x: tf.Tensor) => tf.Tensor): Case =>
  (g) => {
    const x = numbers(g, anyShape(g));
    return () => op(x());
  };
const positive =
  (op: (x: tf.Tensor) => tf.Tensor): Case =>
  (g) => {
    const x = numbers(g, anyShape(g));
    return () => op(tf.add(tf.abs(x()), 1e-3));
  };
const binary =
  (op: (a: tf.Tensor, b: tf.Tensor) => tf.Tensor): Case =>
  (g) => {
    const shape = anyShape(g);
    const broadcast = (name: string) => {
      const own = shape.map((size) => (integer(g, 0, 3) === 0 ? 1 : size));
      return numbers(g, own.slice(integer(g, 0, 2) === 0 ? integer(g, 0, own.length - 1) : 0), name);
    };
    const [a, b] = [broadcast('a'), broadcast('b')];
    return () => op(a(), b());
  };
const reduction =
  (op: (x: tf.Tensor, axes: number[], keep: boolean) => tf.Tensor): Case =>
  (g) => {
    const shape = anyShape(g);
    const [axes, keep, x] = [axesOf(g, shape.length), g(fc.boolean), numbers(g, shape)];
    return () => op(x(), axes, keep);
  };
const pooling =
  (op: (x: tf.Tensor4D, size: number, stride: number, pad: 'same' | 'valid') => tf.Tensor): Case =>
  (g) => {
    const [size, stride, pad] = [
      integer(g, 1, 4),
      integer(g, 1, 3),
      pick(g, 'same' as const, 'valid' as const),
    ];
    const shape = [integer(g, 1, 3), integer(g, size, 9), integer(g, size, 9), integer(g, 1, 9)];
    return () => op(tf.sub(normals('x', shape), 1) as tf.Tensor4D, size, stride, pad);
  };
const resizing =
  (op: (x: tf.Tensor4D, size: [number, number], aligned: boolean, half: boolean) => tf.Tensor): Case =>
  (g) => {
    const [x, size, aligned] = [images(g), shapeOf(g, 2, 12) as [number, number], g(fc.boolean)];
    const half = !aligned && g(fc.boolean);
    return () => op(x(), size, aligned, half);
  };
const gradientOf = (f: (x: tf.Tensor4D) => tf.Tensor, x: tf.Tensor) =>
  tf.grad((t) => tf.sum(tf.mul(f(t as tf.Tensor4D), normals('weights', f(t as tf.Tensor4D).shape))))(x);

const cases: Readonly<Record<string, Case>> = {
  relu: unary(tf.relu),
  relu6: unary(tf.relu6),
  elu: unary(tf.elu),
  selu: unary(tf.selu),
  softplus: unary(tf.softplus),
  erf: unary(tf.erf),
  sigmoid: unary(tf.sigmoid),
  tanh: unary(tf.tanh),
  step: unary((x) => tf.step(x, 0.1)),
  sign: unary(tf.sign),
  abs: unary(tf.abs),
  neg: unary(tf.neg),
  square: unary(tf.square),
  sin: unary(tf.sin),
  cos: unary(tf.cos),
  tan: unary((x) => tf.tan(tf.clipByValue(x, -1, 1))),
  asin: unary((x) => tf.asin(tf.clipByValue(x, -1, 1))),
  acos: unary((x) => tf.acos(tf.clipByValue(x, -1, 1))),
  atan: unary(tf.atan),
  sinh: unary((x) => tf.sinh(tf.clipByValue(x, -5, 5))),
  cosh: unary((x) => tf.cosh(tf.clipByValue(x, -5, 5))),
  asinh: unary(tf.asinh),
  acosh: positive((x) => tf.acosh(tf.add(x, 1))),
  atanh: unary((x) => tf.atanh(tf.clipByValue(x, -0.9, 0.9))),
  floor: unary(tf.floor),
  ceil: unary(tf.ceil),
  round: unary(tf.round),
  exp: unary((x) => tf.exp(tf.clipByValue(x, -50, 20))),
  expm1: unary((x) => tf.expm1(tf.clipByValue(x, -50, 20))),
  log: positive(tf.log),
  log1p: positive(tf.log1p),
  sqrt: positive(tf.sqrt),
  rsqrt: positive(tf.rsqrt),
  reciprocal: positive(tf.reciprocal),
  clipByValue: unary((x) => tf.clipByValue(x, -0.5, 0.7)),
  leakyRelu: unary((x) => tf.leakyRelu(x, 0.2)),
  softmax: unary((x) => tf.softmax(x)),
  logSoftmax: unary((x) => tf.logSoftmax(x)),
  isNaN: unary((x) => tf.isNaN(x)),
  isFinite: unary((x) => tf.isFinite(x)),
  add: binary(tf.add),
  sub: binary(tf.sub),
  mul: binary(tf.mul),
  div: binary((a, b) => tf.div(a, tf.add(tf.abs(b), 0.1))),
  maximum: binary(tf.maximum),
  minimum: binary(tf.minimum),
  squaredDifference: binary(tf.squaredDifference),
  pow: binary((a, b) => tf.pow(tf.add(tf.abs(tf.clipByValue(a, -3, 3)), 0.1), tf.clipByValue(b, -3, 3))),
  'pow of negatives': binary((a, b) =>
    tf.pow(tf.clipByValue(a, -3, 3), tf.round(tf.clipByValue(tf.abs(b), 0, 3))),
  ),
  atan2: binary(tf.atan2),
  mod: binary((a, b) => tf.mod(a, tf.add(tf.abs(b), 0.5))),
  floorDiv: binary((a, b) => tf.floorDiv(a, tf.add(tf.abs(b), 0.5))),
  greater: binary(tf.greater),
  greaterEqual: binary(tf.greaterEqual),
  less: binary(tf.less),
  lessEqual: binary(tf.lessEqual),
  equal: binary((a, b) => tf.equal(tf.round(a), tf.round(b))),
  notEqual: binary((a, b) => tf.notEqual(tf.round(a), tf.round(b))),
  logicalAnd: binary((a, b) => tf.logicalAnd(tf.greater(a, 0), tf.greater(b, 0))),
  logicalNot: unary((x) => tf.logicalNot(tf.greater(x, 0))),
  sum: reduction(tf.sum),
  mean: reduction(tf.mean),
  max: reduction(tf.max),
  min: reduction(tf.min),
  prod: reduction((x, axes, keep) => tf.prod(tf.clipByValue(x, -1.5, 1.5), axes, keep)),
  all: reduction((x, axes, keep) => tf.all(tf.greater(x, -1), axes, keep)),
  any: reduction((x, axes, keep) => tf.any(tf.greater(x, 1), axes, keep)),
  logSumExp: reduction(tf.logSumExp),
  'moments, variance': reduction((x, axes, keep) => tf.moments(x, axes, keep).variance),
  argMax: reduction((x, [axis]) => tf.argMax(x, axis)),
  argMin: reduction((x, [axis]) => tf.argMin(x, axis)),
  addN: unary((x) => tf.addN([x, tf.square(x), x])),
  cast: unary((x) => tf.cast(x, 'int32')),
  onesLike: unary(tf.onesLike),
  zerosLike: unary(tf.zerosLike),
  reshape: unary((x) => tf.reshape(x, [-1])),
  prelu: (g) => {
    const shape = anyShape(g);
    const shared = shape.slice(integer(g, 0, shape.length - 1)).map((size) => (g(fc.boolean) ? 1 : size));
    const x = numbers(g, shape);
    return () => tf.prelu(x(), normals('alpha', shared));
  },
  pad: (g) => {
    const shape = anyShape(g);
    const paddings = shape.map((): [number, number] => [integer(g, 0, 3), integer(g, 0, 3)]);
    const value = pick(g, 0, 1.5);
    return () => tf.pad(normals('x', shape), paddings, value);
  },
  mirrorPad: (g) => {
    const shape = anyShape(g);
    const mode = pick(g, 'reflect' as const, 'symmetric' as const);
    const paddings = shape.map((size): [number, number] => {
      const most = mode === 'reflect' ? size - 1 : size;
      return [integer(g, 0, most), integer(g, 0, most)];
    });
    return () => tf.mirrorPad(normals('x', shape), paddings, mode);
  },
  slice: (g) => {
    const shape = anyShape(g);
    const begin = shape.map((size) => integer(g, 0, size - 1));
    const size = shape.map((n, i) => integer(g, 1, n - Number(begin[i])));
    return () => tf.slice(normals('x', shape), begin, size);
  },
  stridedSlice: (g) => {
    const shape = anyShape(g);
    const begin = shape.map((size) => integer(g, 0, size - 1));
    const end = shape.map((size, i) => integer(g, Number(begin[i]) + 1, size));
    const strides = shape.map(() => integer(g, 1, 3));
    return () => tf.stridedSlice(normals('x', shape), begin, end, strides);
  },
  concat: (g) => {
    const shape = anyShape(g);
    const axis = integer(g, 0, shape.length - 1);
    const other = shape.map((size, i) => (i === axis ? integer(g, 1, 5) : size));
    return () => tf.concat([normals('a', shape), normals('b', other), normals('c', shape)], axis);
  },
  stack: (g) => {
    const shape = anyShape(g);
    const axis = integer(g, 0, shape.length);
    return () => tf.stack([normals('a', shape), normals('b', shape)], axis);
  },
  unstack: (g) => {
    const shape = shapeOf(g, integer(g, 2, 4));
    const axis = integer(g, 0, shape.length - 1);
    return () => tf.addN(tf.unstack(normals('a', shape), axis));
  },
  split: (g) => {
    const shape = anyShape(g);
    const axis = integer(g, 0, shape.length - 1);
    const [a, b] = [integer(g, 1, 3), integer(g, 1, 3)];
    const whole = shape.map((size, i) => (i === axis ? a + b : size));
    const part = integer(g, 0, 1);
    return () => tf.split(normals('x', whole), [a, b], axis)[part] as tf.Tensor;
  },
  gather: (g) => {
    const shape = anyShape(g);
    const axis = integer(g, 0, shape.length - 1);
    const indices = Array.from({ length: integer(g, 1, 9) }, () => integer(g, 0, Number(shape[axis]) - 1));
    return () => tf.gather(normals('x', shape), tf.tensor1d(indices, 'int32'), axis);
  },
  tile: (g) => {
    const shape = anyShape(g);
    const repeats = shape.map(() => integer(g, 1, 3));
    return () => tf.tile(normals('x', shape), repeats);
  },
  broadcastTo: (g) => {
    const shape = anyShape(g);
    const from = shape.map((size) => (g(fc.boolean) ? 1 : size));
    return () => tf.broadcastTo(normals('x', from), shape);
  },
  reverse: (g) => {
    const shape = anyShape(g);
    const axes = axesOf(g, shape.length);
    return () => tf.reverse(normals('x', shape), axes);
  },
  transpose: (g) => {
    const shape = shapeOf(g, integer(g, 1, 5), 5);
    const perm = g(fc.shuffledSubarray, [...shape.keys()], { minLength: shape.length });
    return () => tf.transpose(normals('x', shape), perm);
  },
  cumsum: (g) => {
    const shape = anyShape(g);
    const [axis, exclusive, reverse] = [integer(g, 0, shape.length - 1), g(fc.boolean), g(fc.boolean)];
    return () => tf.cumsum(normals('x', shape), axis, exclusive, reverse);
  },
  where: (g) => {
    const shape = anyShape(g);
    return () => tf.where(tf.greater(normals('c', shape), 0), normals('a', shape), normals('b', shape));
  },
  oneHot: (g) => {
    const [count, depth] = [integer(g, 1, 9), integer(g, 2, 7)];
    const ids = Array.from({ length: count }, () => integer(g, 0, depth - 1));
    return () => tf.oneHot(tf.tensor1d(ids, 'int32'), depth, 2, -1);
  },
  batchNorm: (g) => {
    const shape = shapeOf(g, 4);
    const own = [Number(shape[3])];
    const variance = () => tf.add(tf.abs(normals('v', own)), 0.1);
    return () =>
      tf.batchNorm(
        normals('x', shape),
        normals('m', own),
        variance(),
        normals('o', own),
        normals('s', own),
        1e-3,
      );
  },
  localResponseNormalization: (g) => {
    const x = images(g);
    const radius = integer(g, 1, 3);
    return () => tf.localResponseNormalization(x(), radius, 1, 0.5, 0.7);
  },
  depthwiseConv2d: (g) => {
    const x = images(g);
    const [height, width, many] = [integer(g, 1, 4), integer(g, 1, 4), integer(g, 1, 3)];
    const stride = integer(g, 1, 3);
    return () => {
      const input = x();
      const filter = normals('f', [height, width, input.shape[3], many]) as tf.Tensor4D;
      return tf.depthwiseConv2d(input, filter, stride, 'same');
    };
  },
  'fused depthwiseConv2d': (g) => {
    const x = images(g);
    const [size, stride] = [integer(g, 1, 3), integer(g, 1, 3)];
    return () => {
      const channels = Number(x().shape[3]);
      return tf.fused.depthwiseConv2d({
        x: x(),
        filter: normals('f', [size, size, channels, 2]) as tf.Tensor4D,
        strides: stride,
        pad: 'same',
        bias: normals('b', [2 * channels]),
        activation: 'relu',
      });
    };
  },
  'depthwiseConv2d, valid and dilated': (g) => {
    const shape = [integer(g, 1, 3), integer(g, 5, 9), integer(g, 5, 9), integer(g, 1, 9)];
    const [size, many, dilation] = [integer(g, 1, 3), integer(g, 1, 3), integer(g, 1, 2)];
    return () => {
      const filter = normals('f', [size, size, Number(shape[3]), many]) as tf.Tensor4D;
      return tf.depthwiseConv2d(normals('x', shape) as tf.Tensor4D, filter, 1, 'valid', 'NHWC', dilation);
    };
  },
  maxPool: pooling(tf.maxPool),
  avgPool: pooling(tf.avgPool),
  'gradient of localResponseNormalization': (g) => {
    const x = images(g);
    const radius = integer(g, 1, 3);
    return () => gradientOf((t) => tf.localResponseNormalization(t, radius, 1, 0.5, 0.7), x());
  },
  'gradient of gather': (g) => {
    const shape = shapeOf(g, 4);
    const axis = integer(g, 0, 3);
    const indices = Array.from({ length: integer(g, 1, 9) }, () => integer(g, 0, Number(shape[axis]) - 1));
    return () => gradientOf((x) => tf.gather(x, tf.tensor1d(indices, 'int32'), axis), normals('x', shape));
  },
  'gradient of maxPool': pooling((x, ...rest) => gradientOf((t) => tf.maxPool(t, ...rest), x)),
  'gradient of avgPool': pooling((x, ...rest) => gradientOf((t) => tf.avgPool(t, ...rest), x)),
  resizeBilinear: resizing(tf.image.resizeBilinear),
  resizeNearestNeighbor: resizing(tf.image.resizeNearestNeighbor),
  'gradient of resizeNearestNeighbor': resizing((x, ...rest) =>
    gradientOf((t) => tf.image.resizeNearestNeighbor(t, ...rest), x),
  ),
  depthToSpace: (g) => {
    const [block, channels] = [integer(g, 2, 3), integer(g, 1, 5)];
    const shape = [integer(g, 1, 3), integer(g, 1, 5), integer(g, 1, 5), block * block * channels];
    return () => tf.depthToSpace(normals('x', shape) as tf.Tensor4D, block);
  },
  spaceToBatchND: (g) => {
    const [n, channels] = [integer(g, 1, 3), integer(g, 1, 4)];
    return () =>
      tf.spaceToBatchND(
        normals('x', [n, 4, 6, channels]),
        [2, 2],
        [
          [0, 0],
          [0, 2],
        ],
      );
  },
  batchToSpaceND: (g) => {
    const [n, channels] = [integer(g, 1, 3), integer(g, 1, 4)];
    return () =>
      tf.batchToSpaceND(
        normals('x', [4 * n, 3, 4, channels]),
        [2, 2],
        [
          [0, 0],
          [0, 1],
        ],
      );
  },
};

beforeAll(() => {
  registerCpuKernels();
  registerWasmKernels();
});

describe('wasm computes what cpu does', () => {
  test.each(Object.entries(cases))('%s', async (_, draw) => {
    await fc.assert(
      fc.asyncProperty(fc.gen(), (g) => expectAgreement(draw(g), 2e-5)),
      { numRuns: 40, seed: 1 },
    );
  });
});
