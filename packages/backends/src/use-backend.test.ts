import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, test } from 'vitest';
import { useBackend } from './index';

describe('useBackend', () => {
  test.each(['cpu', 'wasm'] as const)('makes %s the current backend and reports what runs', async (name) => {
    const report = await useBackend(name);
    expect(tf.getBackend()).toBe(name);
    expect(report).toMatchObject({
      backend: name,
      version: '4.22.0',
      threads: 1,
      selfTest: { passed: true },
    });
    expect(tf.memory().numTensors).toBe(0);
  });
});
