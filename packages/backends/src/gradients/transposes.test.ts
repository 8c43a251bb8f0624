import { fillNormal, seededStream } from '@eigengan/core';
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import { beforeAll, describe, expect, test } from 'vitest';
import { registerCpuKernels } from '../cpu/register-cpu-kernels';
import { repairGradients } from '../repair-gradients';

type Linear = (x: tf.Tensor4D) => tf.Tensor;

const shape: [number, number, number, number] = [2, 5, 4, 4];
const nearest = (height: number, width: number, aligned: boolean, half: boolean): Linear => {
  return (x) => tf.image.resizeNearestNeighbor(x, [height, width], aligned, half);
};
const bilinear = (height: number, width: number, aligned: boolean, half: boolean): Linear => {
  return (x) => tf.image.resizeBilinear(x, [height, width], aligned, half);
};
const flags = [
  [false, false],
  [true, false],
  [false, true],
] as const;
const sizes = [
  [10, 8],
  [3, 7],
  [1, 1],
  [5, 4],
] as const;

const linear: readonly (readonly [string, Linear])[] = [
  ['depthToSpace', (x) => tf.depthToSpace(x, 2)],
  ['avgPool with padding', (x) => tf.avgPool(x, [3, 2], [2, 1], 'same')],
  ['avgPool with a number for padding', (x) => tf.avgPool(x, 3, 2, 1, 'floor')],
  ['avgPool with a stride above the window', (x) => tf.avgPool(x, 1, 3, 'same')],
  ['tile', (x) => tf.tile(x, [1, 3, 1, 2])],
  ['tile of six axes', (x) => tf.tile(tf.reshape(x, [2, 5, 2, 2, 2, 2]), [2, 1, 3, 1, 1, 2])],
  ['cumsum', (x) => tf.cumsum(x, 1, true)],
  [
    'mirrorPad, reflect',
    (x) =>
      tf.mirrorPad(
        x,
        [
          [0, 0],
          [4, 1],
          [0, 3],
          [0, 0],
        ],
        'reflect',
      ),
  ],
  [
    'mirrorPad, symmetric',
    (x) =>
      tf.mirrorPad(
        x,
        [
          [2, 0],
          [5, 2],
          [0, 4],
          [1, 1],
        ],
        'symmetric',
      ),
  ],
  ['stridedSlice', (x) => tf.stridedSlice(x, [0, 1, 1, 0], [2, 5, 4, 4], [1, 2, 2, 3])],
  ['stridedSlice backwards', (x) => tf.stridedSlice(x, [1, 4, 3, 0], [0, 0, 0, 4], [-1, -3, -2, 1])],
  ['stridedSlice that drops an axis', (x) => tf.stridedSlice(x, [0, 3], [2, 4], [1, 1], 0, 0, 0, 0, 2)],
  ...sizes.flatMap(([height, width]) =>
    flags.flatMap(([aligned, half]): (readonly [string, Linear])[] => {
      const how = `to ${height} x ${width}${aligned ? ', aligned' : ''}${half ? ', half-pixel centres' : ''}`;
      return [
        [`resizeNearestNeighbor ${how}`, nearest(height, width, aligned, half)],
        [`resizeBilinear ${how}`, bilinear(height, width, aligned, half)],
      ];
    }),
  ),
];

beforeAll(async () => {
  await tf.setBackend('cpu');
  registerCpuKernels();
  repairGradients();
});

describe.each(linear)('%s', (name, f) => {
  const drawn = (part: string, size: number) =>
    fillNormal(seededStream(3, `${name}/${part}`), new Float32Array(size));
  const dot = (a: tf.Tensor, b: tf.Tensor) => Number(tf.sum(tf.mul(a, b)).dataSync()[0]);
  const operands = () => {
    const [x, v] = ['x', 'v'].map((part) => tf.tensor4d(drawn(part, 160), shape)) as [
      tf.Tensor4D,
      tf.Tensor4D,
    ];
    const y = f(x);
    return { x, v, y, u: tf.tensor(drawn('u', y.size), y.shape) };
  };

  // For a linear f and its transpose f', <u, f(x)> = <f'(u), x>: exact, whatever the numbers.
  test('the gradient is the transpose', () => {
    const { x, y, u } = operands();
    const back = tf.grad((z) => tf.sum(tf.mul(u, f(z as tf.Tensor4D))))(x);
    expect(dot(back, x)).toBeCloseTo(dot(u, y), 3);
  });

  test('the gradient of the gradient is the operation itself', () => {
    const { x, v, u } = operands();
    const back = (w: tf.Tensor) => tf.grad((z) => tf.sum(tf.mul(w, f(z as tf.Tensor4D))))(x);
    const again = tf.grad((w) => tf.sum(tf.mul(v, back(w))))(u);
    const difference = tf.max(tf.abs(tf.sub(again, f(v))));
    expect(difference.dataSync()[0]).toBeLessThan(1e-5);
  });
});
