import { useBackend } from '@eigengan/backends';
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import { expect, test } from 'vitest';
import { KernelProfiler } from './kernel-profile';

test('a kernel is charged with its own time, not with that of the kernels it calls', async () => {
  await tf.setBackend('cpu');
  const wait = (milliseconds: number) => {
    for (const end = performance.now() + milliseconds; performance.now() < end; );
  };
  tf.registerKernel({
    kernelName: 'Inner',
    backendName: 'cpu',
    kernelFunc: ({ inputs: { x } }) => {
      wait(20);
      return tf.getKernel('Identity', 'cpu').kernelFunc({ inputs: { x }, backend: tf.backend(), attrs: {} });
    },
  });
  tf.registerKernel({
    kernelName: 'Outer',
    backendName: 'cpu',
    kernelFunc: ({ inputs: { x } }) => {
      tf.dispose([0, 1].map(() => tf.engine().runKernel('Inner', { x: tf.ones([2, 3]) })));
      wait(5);
      return tf.getKernel('Identity', 'cpu').kernelFunc({ inputs: { x }, backend: tf.backend(), attrs: {} });
    },
  });
  const profiler = new KernelProfiler('cpu');
  const x = tf.zeros([2, 3]);
  tf.engine().runKernel('Outer', { x });
  profiler.start();
  const start = performance.now();
  tf.engine().runKernel('Outer', { x });
  const all = performance.now() - start;
  const { kernels, shapes } = profiler.result();

  expect(kernels.map(({ name, calls }) => [name, calls])).toEqual(
    expect.arrayContaining([
      ['Outer', 1],
      ['Inner', 2],
    ]),
  );
  expect(shapes.map(({ name }) => name)).toContain('Inner [2,3]');
  const sum = kernels.reduce((total, { milliseconds }) => total + milliseconds, 0);
  expect(sum).toBeLessThanOrEqual(all);
  const inner = kernels.find(({ name }) => name === 'Inner')?.milliseconds ?? 0;
  expect(inner).toBeGreaterThanOrEqual(40);
  const outer = kernels.find(({ name }) => name === 'Outer')?.milliseconds ?? 0;
  expect(outer).toBeLessThanOrEqual(all - inner);
});

test('a result that is deferred counts when it is computed, and not when it never is', async () => {
  await useBackend('wasm');
  const profiler = new KernelProfiler('wasm');
  const [x, dy, filter] = [tf.ones([2, 5, 5, 3]), tf.ones([2, 5, 5, 4]), [3, 3, 3, 4]];
  const gradient = () =>
    tf
      .engine()
      .runKernel(
        'Conv2DBackpropFilter',
        { x, dy },
        { strides: 1, pad: 'same', dataFormat: 'NHWC', filterShape: filter },
      ) as tf.Tensor;
  profiler.start();
  const computed = gradient();
  gradient().dispose();
  await computed.data();
  const found = profiler.result().shapes.filter(({ name }) => name.startsWith('Conv2DBackpropFilter'));
  expect(found.map(({ name, calls }) => [name, calls])).toEqual([
    ['Conv2DBackpropFilter [2,5,5,3] [2,5,5,4]', 1],
  ]);
  await computed.data();
  expect(profiler.result().shapes.find(({ name }) => name === found[0]?.name)?.calls).toBe(1);
});
