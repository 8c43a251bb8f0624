import { useBackend } from '@eigengan/backends';
import { fillNormal, seededStream } from '@eigengan/core';
import * as tf from '@tensorflow/tfjs-core';
import { expect, test } from 'vitest';
import { describeNative } from './describe-native';
import { executedOperations } from './executed-operations';

/** Numbers that no axis or order repeats. */
function ramp(shape: number[]): tf.Tensor {
  return tf.sin(tf.reshape(tf.range(1, 1 + tf.util.sizeFromShape(shape)), shape));
}

/** What `compute` gives on a backend. */
async function on(backend: string, compute: () => tf.Tensor): Promise<number[]> {
  await tf.setBackend(backend);
  const result = tf.tidy(compute);
  const numbers = Array.from(await result.data());
  result.dispose();
  return numbers;
}

/** Compares TensorFlow with tfjs's plain loops. */
async function expectAgreement(compute: () => tf.Tensor): Promise<void> {
  const expected = await on('cpu', compute);
  const actual = await on('tensorflow', compute);
  expect(actual).toHaveLength(expected.length);
  const scale = Math.max(...expected.map(Math.abs));
  actual.forEach((value, i) => {
    expect(Math.abs(value - Number(expected[i]))).toBeLessThan(1e-5 * scale);
  });
}

await describeNative('tensorflow', () => {
  test('says what runs', async () => {
    const report = await useBackend('tensorflow');
    expect(report).toMatchObject({
      backend: 'tensorflow',
      version: '4.22.0',
      floatPrecision: 32,
      software: false,
    });
    expect(['CPU', 'GPU (CUDA)']).toContain(report.device);
    expect(report.threads).toBeGreaterThanOrEqual(1);
    expect(tf.memory().numTensors).toBe(0);
  });

  test('refuses another number of threads than TensorFlow was loaded with', async () => {
    const { threads } = await useBackend('tensorflow');
    await expect(useBackend('tensorflow', { threads: threads + 1 })).rejects.toThrow(
      `useBackend threads: must be ${threads}, with which TensorFlow was loaded into this process`,
    );
    await expect(useBackend('tensorflow', { threads: 0.5 })).rejects.toThrow(
      'useBackend threads: must be an integer',
    );
  });

  test.each([0, 0.2, 1, -0.5, 3])(
    'steps to %d as the stock kernel does, NaN and infinities included',
    async (alpha) => {
      await useBackend('cpu');
      await useBackend('tensorflow');
      const compute = () =>
        tf.step(
          tf.tensor1d([-2, -0, 0, Number.NaN, 3, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 1e-30]),
          alpha,
        );
      expect(await on('tensorflow', compute)).toEqual(await on('cpu', compute));
    },
  );

  test('shares the data of a tensor that is reshaped to the shape it has, and no other', async () => {
    await useBackend('tensorflow');
    const before = tf.memory();
    const x = tf.tidy(() => ramp([2, 3]));
    const [same, other] = [tf.reshape(x, [2, 3]), tf.reshape(x, [-1])];
    expect(same.dataId).toBe(x.dataId);
    expect(other.dataId).not.toBe(x.dataId);
    x.dispose();
    expect(same.arraySync()).toEqual(tf.tidy(() => ramp([2, 3]).arraySync()));
    expect(Array.from(other.dataSync())).toEqual(Array.from(same.dataSync()));
    tf.dispose([same, other]);
    expect(tf.memory().numDataBuffers).toBe(before.numDataBuffers);
    expect(tf.memory().numTensors).toBe(before.numTensors);
  });

  test('to convert a tensor to the type it has runs nothing; to another one it is converted', async () => {
    await useBackend('tensorflow');
    tf.tidy(() => {
      const x = tf.tensor1d([1.5, -2.5]);
      expect(executedOperations(() => void tf.cast(x, 'float32').dataSync())).toEqual([]);
      expect([...tf.cast(x, 'int32').dataSync()]).toEqual([1, -2]);
    });
  });

  const joints: [number[][], number][] = [
    [
      [
        [2, 3],
        [2, 1],
      ],
      -1,
    ],
    [
      [
        [2, 3, 4],
        [1, 3, 4],
        [3, 3, 4],
      ],
      0,
    ],
    [
      [
        [2, 0, 4],
        [2, 3, 4],
      ],
      1,
    ],
  ];
  test.each(joints)('joins %j along %d', async (shapes, axis) => {
    await useBackend('tensorflow');
    await expectAgreement(() => tf.concat(shapes.map(ramp), axis));
  });

  test.each([
    [[1, 3], 0],
    [[2, 2, 2], -1],
    [3, 1],
  ] as const)('splits [4, 3, 6] by %j along %d', async (sizes, axis) => {
    await useBackend('tensorflow');
    const parts = () => tf.split(ramp([4, 3, 6]), typeof sizes === 'number' ? sizes : [...sizes], axis);
    const count = tf.tidy(() => parts().length);
    for (let place = 0; place < count; place++) await expectAgreement(() => parts()[place] as tf.Tensor);
  });

  const matrices: [string, number[], number[], boolean, boolean][] = [
    ['matrices', [3, 5], [5, 4], false, false],
    ['a batch of one', [1, 5, 3], [1, 4, 5], true, true],
    ['a matrix and a batch of one', [1, 1, 3, 5], [1, 4, 5], false, true],
    ['batches', [2, 3, 5], [2, 5, 4], false, false],
    ['a batch and one', [2, 5, 3], [1, 5, 4], true, false],
  ];
  test.each(matrices)('multiplies %s, %j by %j', async (_, a, b, transposeA, transposeB) => {
    await useBackend('tensorflow');
    const multiply = () => tf.matMul(ramp(a), ramp(b), transposeA, transposeB);
    const shapes = ['cpu', 'tensorflow'].map((backend) => {
      tf.setBackend(backend);
      return tf.tidy(() => multiply().shape);
    });
    expect(shapes[1]).toEqual(shapes[0]);
    await expectAgreement(multiply);
    await expectAgreement(() =>
      tf.grad((x) => tf.sum(tf.square(tf.matMul(x, ramp(b), transposeA, transposeB))))(ramp(a)),
    );
  });

  const axes: [number[], number | number[] | undefined, boolean][] = [
    [[4, 3, 2, 5], [0, 1, 2], false],
    [[4, 3, 2, 5], [-2, 0, 1], false],
    [[4, 3, 2, 5], [0, 1, 2], true],
    [[4, 3, 2, 5], [1, 2], false],
    [[4, 3, 2, 5], undefined, false],
    [[4, 5], 0, false],
    [[4, 5], 1, false],
    [[5], 0, false],
  ];
  test.each(axes)('sums %j over %j, keeping them: %j', async (shape, axis, keepDims) => {
    await useBackend('tensorflow');
    const sum = () => tf.sum(ramp(shape), axis, keepDims);
    await expectAgreement(sum);
  });

  test('sums thousands of numbers as well as double precision', async () => {
    await useBackend('tensorflow');
    const numbers = fillNormal(seededStream(1, 'sum'), new Float32Array(32 * 32 * 32 * 16));
    const wanted = new Float64Array(16);
    for (const [i, value] of numbers.entries()) wanted[i % 16] = Number(wanted[i % 16]) + value;
    const sums = await on('tensorflow', () => tf.sum(tf.tensor(numbers, [32, 32, 32, 16]), [0, 1, 2]));
    for (const [i, value] of sums.entries()) expect(Math.abs(value - Number(wanted[i]))).toBeLessThan(1e-3);
  });

  test.each([
    [3, 7, 7],
    [1, 3, 5],
    [4, 5, 7],
    [2, 7, 3],
  ])('convolves to %d channels with a %d x %d filter, and has its gradients', async (few, height, width) => {
    await useBackend('tensorflow');
    const x = () => ramp([2, 5, 8, 9]) as tf.Tensor4D;
    const filter = () => ramp([height, width, 9, few]) as tf.Tensor4D;
    const transposed = () => ramp([height, width, few, 9]) as tf.Tensor4D;
    const bias = () => ramp([few]) as tf.Tensor1D;
    const options = { strides: 1, pad: 'same' } as const;
    const computations = [
      (image: tf.Tensor, kernel: tf.Tensor) =>
        tf.conv2d(image as tf.Tensor4D, kernel as tf.Tensor4D, 1, 'same'),
      (image: tf.Tensor, kernel: tf.Tensor) =>
        tf.fused.conv2d({ ...options, x: image as tf.Tensor4D, filter: kernel as tf.Tensor4D, bias: bias() }),
      (image: tf.Tensor, kernel: tf.Tensor) =>
        tf.fused.conv2d({
          ...options,
          x: image as tf.Tensor4D,
          filter: kernel as tf.Tensor4D,
          bias: bias(),
          activation: 'relu',
        }),
    ];
    for (const convolve of computations) {
      await expectAgreement(() => convolve(x(), filter()));
      const score = (image: tf.Tensor, kernel: tf.Tensor) => {
        const y = convolve(image, kernel);
        return tf.sum(tf.mul(y, ramp(y.shape))) as tf.Scalar;
      };
      await expectAgreement(() => tf.grad((image) => score(image, filter()))(x()));
      await expectAgreement(() => tf.grad((kernel) => score(x(), kernel))(filter()));
    }
    const up = (kernel: tf.Tensor) =>
      tf.conv2dTranspose(x(), kernel as tf.Tensor4D, [2, 5, 8, few], 1, 'same');
    await expectAgreement(() => up(transposed()));
    await expectAgreement(() => tf.grad((kernel) => tf.sum(tf.square(up(kernel))))(transposed()));
  });

  const paddings: [string, 'same' | 'valid' | number | tf.backend_util.ExplicitPadding][] = [
    ['same', 'same'],
    ['valid', 'valid'],
    ['1', 1],
    [
      'explicit',
      [
        [0, 0],
        [2, 1],
        [0, 1],
        [0, 0],
      ],
    ],
  ];
  for (const [name, pad] of paddings) {
    test.each([
      [1, 1, 2],
      [1, 1, 3],
      [3, 3, 2],
      [2, 2, 3],
      [4, 4, 2],
    ])(
      `convolves with a %d x %d filter, stride %d and padding ${name}, and has its gradients`,
      async (height, width, stride) => {
        const x = () => ramp([2, 8, 10, 3]) as tf.Tensor4D;
        const filter = () => ramp([height, width, 3, 4]) as tf.Tensor4D;
        const plain = (image: tf.Tensor, kernel: tf.Tensor) =>
          tf.conv2d(image as tf.Tensor4D, kernel as tf.Tensor4D, stride, pad);
        const depthwise = (image: tf.Tensor, kernel: tf.Tensor) =>
          tf.depthwiseConv2d(image as tf.Tensor4D, kernel as tf.Tensor4D, stride, pad);
        const fused = (image: tf.Tensor, kernel: tf.Tensor) =>
          tf.fused.conv2d({
            x: image as tf.Tensor4D,
            filter: kernel as tf.Tensor4D,
            strides: stride,
            pad,
            bias: tf.tensor1d([0.1, 0.2, 0.3, 0.4]),
            activation: 'leakyrelu',
            leakyreluAlpha: 0.3,
          });
        for (const convolve of [plain, depthwise, fused]) {
          await expectAgreement(() => convolve(x(), filter()));
          const score = (image: tf.Tensor, kernel: tf.Tensor) => {
            const y = convolve(image, kernel);
            return tf.sum(tf.mul(y, ramp(y.shape))) as tf.Scalar;
          };
          await expectAgreement(() => tf.grad((image) => score(image, filter()))(x()));
          await expectAgreement(() => tf.grad((kernel) => score(x(), kernel))(filter()));
        }
      },
    );
  }
});
