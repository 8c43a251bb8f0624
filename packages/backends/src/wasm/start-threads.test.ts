import '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import { afterEach, expect, test } from 'vitest';
import { startThreads } from './start-threads';

const unused = () => {
  throw new Error('not to be asked before it starts');
};
const wasm = { setThreadsCount: unused, getThreadsCount: unused };
const flags = ['IS_NODE', 'WASM_HAS_MULTITHREAD_SUPPORT'] as const;
const before = flags.map((flag) => [flag, tf.env().getFlags()[flag]] as const);
afterEach(() => {
  for (const [flag, value] of before) if (value !== undefined) tf.env().set(flag, value);
});

test('more than one thread in a page that shares no memory is refused, and what it must be served with is named', async () => {
  tf.env().set('IS_NODE', false);
  await expect(startThreads(wasm, 2)).rejects.toThrow(
    'useBackend: threads must be 1 in a page that is not isolated from other origins, got 2. ' +
      'Serve it with Cross-Origin-Opener-Policy: same-origin and Cross-Origin-Embedder-Policy: require-corp',
  );
});

test.each([undefined, 1])('%j thread is the build without threads, wherever it runs', async (threads) => {
  tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', true);
  await startThreads(wasm, threads);
  expect(tf.env().getBool('WASM_HAS_MULTITHREAD_SUPPORT')).toBe(false);
});
