import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, expect, test } from 'vitest';
import { leastSquares, resumeFrom } from '../index';
import { flipBit } from '../testing/flip-bit';
import { memoryStore } from '../testing/memory-store';
import { tinyLoader, tinyTrainer } from '../testing/tiny-gan';

beforeAll(() => tf.setBackend('cpu'));

/** A store with checkpoints of steps 1, 2, 3, and what a run that goes on has after step 5. */
async function threeCheckpoints() {
  const memory = memoryStore();
  const trainer = tinyTrainer();
  const loader = tinyLoader();
  await trainer.fit(loader, { steps: 3, checkpoint: { every: 1, store: memory.store } });
  await trainer.fit(loader, { steps: 5 });
  return { ...memory, after: await trainer.checkpoint() };
}

test('the newest is gone on with, bit for bit, loader and all', async () => {
  const { store, after } = await threeCheckpoints();
  const [trainer, loader] = [tinyTrainer({}), tinyLoader()];
  const resumed = await resumeFrom(trainer, store, loader);
  expect([resumed?.checkpoint.step, resumed?.skipped]).toEqual([3, []]);
  await trainer.fit(loader, { steps: 5 });
  expect(await trainer.checkpoint()).toEqual(after);
});

test('an empty store is no error: the run begins', async () => {
  const trainer = tinyTrainer();
  expect(await resumeFrom(trainer, memoryStore().store, tinyLoader())).toBeNull();
  expect(trainer.stepCount).toBe(0);
});

test('damaged ones are passed over and told, and the same run comes of the one before them', async () => {
  const { store, contents, after } = await threeCheckpoints();
  const [second, third] = [contents.get(2), contents.get(3)];
  if (second === undefined || third === undefined) throw new Error('they were saved');
  contents.set(2, flipBit(second, 8 * (second.length - 50)));
  contents.set(3, third.subarray(0, 4000));
  const [trainer, loader] = [tinyTrainer(), tinyLoader()];
  const resumed = await resumeFrom(trainer, store, loader);
  expect(resumed?.checkpoint.step).toBe(1);
  expect(resumed?.skipped).toEqual([
    { step: 3, reason: expect.stringContaining('checkpoint: must be a whole safetensors file, but') },
    { step: 2, reason: expect.stringContaining('checkpoint: checksum: must be') },
  ]);
  await trainer.fit(loader, { steps: 5, checkpoint: { every: 1, store, keepLast: 2 } });
  expect(await trainer.checkpoint()).toEqual(after);
  expect((await store.list()).map(({ step }) => step)).toEqual([4, 5]);
});

test('when all are damaged it says what is wrong with each, and the trainer is as it was', async () => {
  const { store, contents } = await threeCheckpoints();
  for (const step of contents.keys()) contents.set(step, new Uint8Array());
  const trainer = tinyTrainer();
  const before = await trainer.checkpoint();
  await expect(resumeFrom(trainer, store)).rejects.toThrow(
    'resumeFrom: the store must hold a whole checkpoint, got step 3: checkpoint: must be a safetensors file, got an empty file; step 2: ',
  );
  expect(await trainer.checkpoint()).toEqual(before);
});

test('what is whole and does not fit is an error, not passed over', async () => {
  const { store, contents } = await threeCheckpoints();
  await expect(resumeFrom(tinyTrainer({ loss: leastSquares() }), store)).rejects.toThrow(
    'got loss was "nonSaturating", is "leastSquares"',
  );
  const first = contents.get(1);
  if (first !== undefined) contents.set(4, first);
  await expect(resumeFrom(tinyTrainer(), store)).rejects.toThrow(
    'resumeFrom: step: must be 4, as in the store, got 1',
  );
  contents.set(4, await tinyTrainer().checkpoint());
  const trainer = tinyTrainer();
  contents.clear();
  contents.set(0, await trainer.checkpoint());
  await expect(resumeFrom(trainer, store, tinyLoader())).rejects.toThrow(
    'resumeFrom: loader: the checkpoint of step 0 must hold its state',
  );
});

test('a store that cannot be read is an error: its newest may be whole', async () => {
  const { store } = await threeCheckpoints();
  const failing = { ...store, load: () => Promise.reject(new Error('the disk is gone')) };
  await expect(resumeFrom(tinyTrainer(), failing)).rejects.toThrow('the disk is gone');
  await expect(resumeFrom(tinyTrainer(), JSON.parse('"folder"'))).rejects.toThrow(
    'resumeFrom: store: must be a store',
  );
});
