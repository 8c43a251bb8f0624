import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, test, vi } from 'vitest';
import { selfTest, useBackend } from './index';

describe('useBackend', () => {
  test.each(['cpu', 'wasm'] as const)('makes %s the current backend and reports what runs', async (name) => {
    const report = await useBackend(name);
    expect(tf.getBackend()).toBe(name);
    expect(report).toMatchObject({
      backend: name,
      version: '4.22.0',
      coreVersion: '4.22.0',
      threads: 1,
      simd: name === 'wasm',
      selfTest: { passed: true },
    });
    expect(report.gradients).toContain('LeakyRelu');
    expect(tf.memory().numTensors).toBe(0);
  });

  test('says which kernels it brought, and the same again when called twice', async () => {
    const { kernels } = await useBackend('wasm');
    expect(kernels).toContainEqual({ name: 'Conv2DBackpropFilter', replaced: false });
    expect(kernels).toContainEqual({ name: 'Conv2DBackpropInput', replaced: true });
    expect((await useBackend('wasm')).kernels).toEqual(kernels);
  });

  test('does without its SIMD kernels when asked to', async () => {
    expect(await useBackend('wasm', { simd: false })).toMatchObject({
      simd: false,
      selfTest: { passed: true },
    });
    expect((await useBackend('wasm')).simd).toBe(true);
  });

  test('leaves out the self-test when asked to', async () => {
    expect((await useBackend('cpu', { selfTest: false })).selfTest).toBeUndefined();
  });

  test('refuses an unknown backend and names the nearest', async () => {
    const name = 'wsam' as 'wasm';
    await expect(useBackend(name)).rejects.toThrow(
      'useBackend name: must be one of cpu, wasm, webgl, webgpu, tensorflow, auto, got "wsam". Did you mean "wasm"?',
    );
  });

  test('says what to install when the package of a backend is missing', async () => {
    vi.resetModules();
    vi.doMock('@tensorflow/tfjs-backend-cpu', () => {
      throw new Error('Cannot find package');
    });
    const fresh = await import('./use-backend');
    await expect(fresh.useBackend('cpu')).rejects.toMatchObject({
      name: 'MissingPackageError',
      message: expect.stringContaining('npm i @tensorflow/tfjs-backend-cpu'),
    });
    vi.doUnmock('@tensorflow/tfjs-backend-cpu');
  });

  test('refuses a backend that computes wrong numbers, and says which', async () => {
    await useBackend('cpu');
    const stock = tf.getKernel('Tanh', 'cpu');
    tf.unregisterKernel('Tanh', 'cpu');
    tf.registerKernel({ ...tf.getKernel('Sigmoid', 'cpu'), kernelName: 'Tanh' });
    await expect(useBackend('cpu')).rejects.toThrow(
      /^useBackend: cpu must agree with plain loops to 0\.0001, got [\d.]+ in tanh$/,
    );
    tf.unregisterKernel('Tanh', 'cpu');
    tf.registerKernel(stock);
    expect((await selfTest()).passed).toBe(true);
  });

  test('reports a kernel that is missing as a failed check', async () => {
    await useBackend('cpu');
    const stock = tf.getKernel('Softplus', 'cpu');
    tf.unregisterKernel('Softplus', 'cpu');
    const result = await selfTest();
    tf.registerKernel(stock);
    expect(result.checks.filter(({ passed }) => !passed)).toEqual([
      {
        name: 'softplus',
        error: Number.POSITIVE_INFINITY,
        passed: false,
        message: expect.stringContaining("Kernel 'Softplus' not registered"),
      },
    ]);
  });
});
