import { execFile } from 'node:child_process';
import os from 'node:os';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { type BackendReport, useBackend } from '../index';
import { computeOn, convolutionCases, expectAgreement, normals, outputShape } from './agreement.testing';

const run = promisify(execFile);
const before = { worker: Object.getOwnPropertyDescriptor(globalThis, 'Worker'), cpus: os.cpus };
let report: BackendReport;
beforeAll(async () => {
  report = await useBackend('wasm', { threads: 2 });
});

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
