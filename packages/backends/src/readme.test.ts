import { readFile } from 'node:fs/promises';
import type { Tensor, Tensor4D } from '@tensorflow/tfjs-core';
import { expect, test } from 'vitest';

test('the snippet of the README runs, and prints what it says', async () => {
  const printed: unknown[][] = [];
  const console = { log: (...values: unknown[]) => printed.push(values) };
  // README
  const tf = await import('@tensorflow/tfjs-core');
  const { useBackend } = await import('@eigengan/backends');
  const { backend, simd, selfTest } = await useBackend('wasm');
  const score = (x: Tensor) =>
    tf.sum(tf.leakyRelu(tf.conv2d(x as Tensor4D, tf.ones([3, 3, 3, 8]), 2, 'same'), 0.2));
  const penalty = (x: Tensor) => tf.sum(tf.square(tf.grad(score)(x)));
  const gradient = tf.grad(penalty)(tf.ones([4, 32, 32, 3]));
  console.log(backend, simd, selfTest?.passed, gradient.shape);
  // README
  expect(printed).toEqual([['wasm', true, true, [4, 32, 32, 3]]]);

  const root = new URL('../', import.meta.url);
  const readme = await readFile(new URL('README.md', root), 'utf8');
  const [, snippet = ''] = (await readFile(new URL('src/readme.test.ts', root), 'utf8')).split('// README\n');
  const lines = snippet.split('\n').map((line) =>
    line
      .trim()
      .replaceAll(/: Tensor| as Tensor4D/g, '')
      .replaceAll('?.', '.'),
  );
  for (const line of lines.filter((one) => !one.includes('await import'))) expect(readme).toContain(line);
});
