import { execFile } from 'node:child_process';
import os from 'node:os';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { updateKernels } from '@eigengan/core';
import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { type BackendReport, useBackend } from '../index';
import { computeOn, convolutionCases, expectAgreement, normals, outputShape } from './agreement.testing';
import type { HelperThread } from './helper-thread';
import { threadsOf } from './in-parts';
import { heapFloats, type WasmBackend } from './kernel';
import { simdConvolution } from './simd-convolution';
import { simdFilterGradient } from './simd-filter-gradient';
import { simdInputGradient } from './simd-input-gradient';
import { type Simd, simdOf } from './simd-module';

const run = promisify(execFile);
const before = { worker: Object.getOwnPropertyDescriptor(globalThis, 'Worker'), cpus: os.cpus };
let report: BackendReport;
beforeAll(async () => {
  report = await useBackend('wasm', { threads: 2 });
});

type Shape = [number, number, number, number];

/** Runs `compute` with the calling thread alone. */
async function withoutHelpers<T>(simd: Simd, compute: () => Promise<T>): Promise<T> {
  const helpers = simd.helpers as HelperThread[];
  const taken = helpers.splice(0);
  try {
    return await compute();
  } finally {
    helpers.push(...taken);
  }
}

/** Two steps of gradient descent on a small critic, with all that it is made of. */
function train(): tf.Tensor {
  const x = normals('x', [5, 12, 12, 3]) as tf.Tensor4D;
  let filter = normals('filter', [3, 3, 3, 8]);
  let head = normals('head', [288, 1]);
  const loss = (w: tf.Tensor, h: tf.Tensor) => {
    const features = tf.leakyRelu(tf.conv2d(x, w as tf.Tensor4D, 2, 'same'), 0.2);
    return tf.mean(tf.softplus(tf.matMul(tf.reshape(features, [5, 288]), h as tf.Tensor2D)));
  };
  for (let step = 0; step < 2; step++) {
    const [dw, dh] = tf.grads(loss)([filter, head]) as [tf.Tensor, tf.Tensor];
    filter = tf.sub(filter, tf.mul(dw, 0.1));
    head = tf.sub(head, tf.mul(dh, 0.1));
  }
  return tf.concat([tf.reshape(filter, [-1]), tf.reshape(head, [-1])]);
}

describe('useBackend with two threads in Node', () => {
  test('reports them, uses its SIMD kernels and passes the self-test', () => {
    expect(report).toMatchObject({ threads: 2, simd: true, selfTest: { passed: true } });
  });

  test('puts back what it changed to start them', () => {
    expect(Object.getOwnPropertyDescriptor(globalThis, 'Worker')).toEqual(before.worker);
    expect(os.cpus).toBe(before.cpus);
  });

  test('computes convolutions and their gradients as cpu does', () =>
    fc.assert(
      fc.asyncProperty(convolutionCases, async (c) => {
        const operands = () => [normals('x', c.x), normals('w', c.filter)] as const;
        const convolve = (x: tf.Tensor, w: tf.Tensor) =>
          tf.conv2d(x as tf.Tensor4D, w as tf.Tensor4D, c.strides, c.pad);
        const score = (x: tf.Tensor, w: tf.Tensor) =>
          tf.sum(tf.mul(convolve(x, w), normals('dy', outputShape(c))));
        await expectAgreement(() => convolve(...operands()));
        for (const index of [0, 1]) {
          await expectAgreement(() => tf.grads(score)([...operands()])[index] as tf.Tensor);
        }
      }),
      { numRuns: 30, seed: 1 },
    ));

  test('computes, on work that is worth it, the bits that one thread does', async () => {
    await tf.setBackend('wasm');
    const backend = tf.findBackend('wasm') as unknown as WasmBackend;
    const simd = simdOf(backend) as Simd;
    expect(threadsOf(simd)).toBe(2);
    const alone: Simd = { ...simd, helpers: [] };
    const numbers = (info: tf.TensorInfo) => Array.from(heapFloats(backend, info));
    for (const { x, window, output, strides } of [
      { x: [7, 16, 16, 12], window: 3, output: 16, strides: 1 },
      { x: [5, 17, 15, 6], window: 5, output: 10, strides: 2 },
      { x: [33, 32, 32, 3], window: 7, output: 8, strides: 1 },
      { x: [4, 32, 32, 16], window: 3, output: 3, strides: 1 },
      { x: [32, 4, 4, 64], window: 3, output: 64, strides: 1 },
      { x: [5, 33, 30, 8], window: 3, output: 16, strides: 1 },
      { x: [6, 16, 24, 32], window: 3, output: 64, strides: 2 },
      { x: [17, 16, 16, 32], window: 3, output: 64, strides: 2 },
    ] as const) {
      const filterShape: Shape = [window, window, x[3], output];
      const info = tf.backend_util.computeConv2DInfo([...x], filterShape, strides, 1, 'same');
      const [image, filter, dy] = [normals('x', x), normals('w', filterShape), normals('dy', info.outShape)];
      for (const compute of [
        (by: Simd) => simdConvolution(by, backend, image, filter, info),
        (by: Simd) => simdInputGradient(by, backend, dy, filter, info),
        (by: Simd) => simdFilterGradient(by, backend, image, dy, info),
      ]) {
        const [one, two] = [compute(alone), compute(simd)];
        expect(numbers(two)).toEqual(numbers(one));
        for (const { dataId } of [one, two]) backend.disposeData(dataId);
      }
      tf.dispose([image, filter, dy]);
    }
  });

  test('multiplies matrices with the bits that one thread has', async () => {
    await tf.setBackend('wasm');
    const simd = simdOf(tf.findBackend('wasm') as unknown as WasmBackend) as Simd;
    for (const [n, k, m] of [
      [130, 70, 90],
      [257, 33, 64],
      [64, 1000, 16],
    ] as const) {
      for (const transposeA of [false, true]) {
        await expectAgreement(() =>
          tf.matMul(normals('a', transposeA ? [k, n] : [n, k]), normals('b', [k, m]), transposeA),
        );
        const product = () =>
          computeOn('wasm', () =>
            tf.matMul(normals('a', transposeA ? [k, n] : [n, k]), normals('b', [k, m]), transposeA),
          );
        const two = await product();
        const one = await withoutHelpers(simd, product);
        expect(two).toEqual(one);
      }
    }
  });

  test('updates weights and runs activations with the bits that one thread has', async () => {
    await tf.setBackend('wasm');
    const simd = simdOf(tf.findBackend('wasm') as unknown as WasmBackend) as Simd;
    const vector = (name: string) => normals(name, [150_003]);
    const run = (name: string, inputs: tf.NamedTensorMap, attrs: object) =>
      tf.concat([tf.engine().runKernel(name, inputs, { ...attrs })].flat() as tf.Tensor1D[]);
    const operations: readonly (() => tf.Tensor)[] = [
      () => tf.tanh(vector('x')),
      () => run('LeakyReluGrad', { x: vector('x'), dy: vector('dy') }, { alpha: 0.2 }),
      () => run(updateKernels.movingAverage, { average: vector('a'), source: vector('b') }, { rest: 0.1 }),
      () =>
        run(
          updateKernels.adam,
          { weight: vector('w'), m: vector('m'), v: tf.square(vector('v')), gradient: vector('g') },
          { beta1: 0.5, beta2: 0.99, epsilon: 1e-8, rate: 0.1 },
        ),
    ];
    for (const operation of operations) {
      const two = await computeOn('wasm', operation);
      const one = await withoutHelpers(simd, () => computeOn('wasm', operation));
      expect(Buffer.from(two.buffer).equals(Buffer.from(one.buffer))).toBe(true);
      expect(new Set(two.slice(-8)).size).toBe(8);
    }
  });

  test('computes the same bits twice', async () => {
    const first = await computeOn('wasm', train);
    for (let again = 0; again < 5; again++) expect(await computeOn('wasm', train)).toEqual(first);
  });

  test('keeps working while the memory grows', async () => {
    await tf.setBackend('wasm');
    const large = Array.from({ length: 8 }, (_, i) => tf.fill([4_000_000], i + 1));
    const x = normals('x', [2, 9, 9, 4]) as tf.Tensor4D;
    await expectAgreement(() =>
      tf.conv2d(normals('x', x.shape) as tf.Tensor4D, tf.ones([3, 3, 4, 8]), 1, 'same'),
    );
    await tf.setBackend('wasm');
    for (const [i, tensor] of large.entries()) {
      expect((await tf.slice(tensor, [3_999_999], [1]).data())[0]).toBe(i + 1);
    }
    tf.dispose([large, x]);
  });

  test('is the same again without a number, and refuses another one', async () => {
    expect((await useBackend('wasm')).threads).toBe(2);
    await expect(useBackend('wasm', { threads: 1 })).rejects.toThrow(
      'useBackend: threads must stay what wasm started with, 2, got 1',
    );
  });

  test.each([0, 1.5, 9, Number.NaN])('refuses %j as a number of threads', async (threads) => {
    await expect(useBackend('wasm', { threads })).rejects.toThrow(
      `useBackend threads: must be an integer of at least 1 and of at most 8, got ${threads}`,
    );
  });

  test('lets a process end by itself', async () => {
    const script = fileURLToPath(new URL('threads.testing.ts', import.meta.url));
    const root = fileURLToPath(new URL('../../../../', import.meta.url));
    const { stdout } = await run(process.execPath, ['--import', 'tsx', script], {
      cwd: root,
      timeout: 50_000,
    });
    expect(JSON.parse(stdout.trim().split('\n').at(-1) ?? '')).toEqual({
      threads: 2,
      simd: true,
      passed: true,
      sum: 512,
    });
  });
});
