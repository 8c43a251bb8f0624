import type * as tf from '@tensorflow/tfjs-core';
import { expect, test } from 'vitest';
import { hearLossBeforeFailedReads } from './lost-reads';

/** A device, and a backend whose reads fail before the device says that it is lost. */
function losing() {
  const heard: string[] = [];
  let lose = () => {};
  const lost = new Promise<{ message: string }>((resolve) => {
    lose = () => resolve({ message: 'the driver restarted' });
  });
  lost.then(() => void heard.push('lost'));
  const backend: Pick<tf.KernelBackend, 'read'> = {
    read: async () => {
      setTimeout(lose, 5);
      throw new Error('mapAsync failed');
    },
  };
  return { heard, device: { lost }, backend: backend as tf.KernelBackend };
}

test('a read that a lost device fails is heard of after the loss', async () => {
  const { heard, device, backend } = losing();
  hearLossBeforeFailedReads(backend, device);
  hearLossBeforeFailedReads(backend, device);
  await backend.read({}).catch((error: unknown) => heard.push(String(error)));
  expect(heard).toEqual(['lost', 'Error: mapAsync failed']);
});

test('a read that fails without a loss fails all the same', async () => {
  const backend: Pick<tf.KernelBackend, 'read'> = { read: () => Promise.reject(new Error('no such tensor')) };
  hearLossBeforeFailedReads(backend as tf.KernelBackend, { lost: new Promise(() => {}) });
  await expect(backend.read({})).rejects.toThrow('no such tensor');
});
