import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, expect, test } from 'vitest';
import { bestCheckpoint, type FitOptions, resumeFrom } from '../index';
import { flipBit } from '../testing/flip-bit';
import { memoryStore } from '../testing/memory-store';
import { tinyLoader, tinyTrainer } from '../testing/tiny-gan';

beforeAll(() => tf.setBackend('cpu'));

/** One score after the other. */
function scores(...values: number[]) {
  return async () => values.shift() ?? Number.NaN;
}

const stepsIn = async ({ store }: ReturnType<typeof memoryStore>) =>
  (await store.list()).map(({ step }) => step);

test('old ones go when the new one is there, and the best stays', async () => {
  const memory = memoryStore();
  const keepBest = { metric: 'fid', mode: 'min', measure: scores(5, 3, 4, Number.NaN, 6) } as const;
  const checkpoint = { every: 2, store: memory.store, keepLast: 1, keepBest };
  await tinyTrainer().fit(tinyLoader(), { steps: 9, checkpoint });
  expect(memory.calls).toEqual([
    'save 2',
    'save 4',
    'remove 2',
    'save 6',
    'save 8',
    'remove 6',
    'save 9',
    'remove 8',
  ]);
  expect(await bestCheckpoint(memory.store, keepBest)).toEqual({ step: 4, score: 3 });
  expect(await bestCheckpoint(memory.store, { metric: 'fid', mode: 'max' })).toEqual({ step: 9, score: 6 });
  expect(await bestCheckpoint(memory.store, { metric: 'kid', mode: 'max' })).toBeNull();
});

test('a resumed run knows how good the older ones were', async () => {
  const memory = memoryStore();
  const checkpoint = (...values: number[]) => ({
    every: 1,
    store: memory.store,
    keepLast: 1,
    keepBest: { metric: 'fid', mode: 'max', measure: scores(...values) } as const,
  });
  await tinyTrainer().fit(tinyLoader(), { steps: 2, checkpoint: checkpoint(7, 1) });
  const trainer = tinyTrainer();
  const loader = tinyLoader();
  await resumeFrom(trainer, memory.store, loader);
  await trainer.fit(loader, { steps: 4, checkpoint: checkpoint(2, 6) });
  expect(await stepsIn(memory)).toEqual([1, 4]);
});

test('without measure the number is that of the step’s log', async () => {
  const memory = memoryStore();
  const keepBest = { metric: 'd_loss', mode: 'max' } as const;
  const { history } = await tinyTrainer().fit(tinyLoader(), {
    steps: 4,
    checkpoint: { every: 1, store: memory.store, keepBest },
  });
  const highest = Math.max(...(history.d_loss ?? []));
  const step = 1 + (history.d_loss ?? []).indexOf(highest);
  expect(await bestCheckpoint(memory.store, keepBest)).toEqual({ step, score: highest });
  expect(await stepsIn(memory)).toEqual([1, 2, 3, 4]);
});

test('a metric that nobody reports is an error at the first checkpoint', async () => {
  const fit = (keepBest: object) => {
    const checkpoint = { every: 1, store: memoryStore().store, keepBest };
    return tinyTrainer().fit(tinyLoader(), { steps: 1, checkpoint: JSON.parse(JSON.stringify(checkpoint)) });
  };
  const { store } = memoryStore();
  const run = (keepBest: { metric: string; mode: 'min'; measure?: () => number }) =>
    tinyTrainer().fit(tinyLoader(), { steps: 1, checkpoint: { every: 1, store, keepBest } });
  await expect(run({ metric: 'fid', mode: 'min' })).rejects.toThrow(
    "Trainer.fit: checkpoint.keepBest: fid must be a number in the step's log (step, images, d_loss,",
  );
  await expect(run({ metric: 'fid', mode: 'min', measure: () => JSON.parse('"low"') })).rejects.toThrow(
    'fid must be a number from measure, got low',
  );
  await expect(fit({})).rejects.toThrow('checkpoint.store: must be a store, e.g. fileStore(folder)');
});

test('when a save fails, nothing is removed and fit says so', async () => {
  const memory = memoryStore();
  const store = {
    ...memory.store,
    save: async (step: number, bytes: Uint8Array) => {
      if (step === 3) throw new Error('the disk is full');
      await memory.store.save(step, bytes);
    },
  };
  const trainer = tinyTrainer();
  const running = trainer.fit(tinyLoader(), { steps: 9, checkpoint: { every: 1, store, keepLast: 2 } });
  await expect(running).rejects.toThrow('the disk is full');
  expect(await stepsIn(memory)).toEqual([1, 2]);
});

test('a run does not overwrite a later one that it was to resume; a damaged one is no obstacle', async () => {
  const memory = memoryStore();
  const run = (steps: number) =>
    tinyTrainer().fit(tinyLoader(), { steps, checkpoint: { every: 2, store: memory.store, keepLast: 2 } });
  await run(4);
  await expect(run(6)).rejects.toThrow(
    "Trainer.fit: checkpoint.store: must hold no checkpoint of a later step than the trainer's, 0, got 2. resumeFrom() it,",
  );
  for (const [step, bytes] of memory.contents) memory.contents.set(step, flipBit(bytes, 8 * 2000));
  await run(2);
  expect((await resumeFrom(tinyTrainer(), memory.store))?.skipped.map(({ step }) => step)).toEqual([4]);
});

test('options of the other kind of checkpoint, and none of both, are refused', async () => {
  const { store } = memoryStore();
  const save = () => {};
  const refused = (checkpoint: object, message: string) => {
    const options: FitOptions = { steps: 1, ...JSON.parse('{}'), checkpoint };
    return expect(tinyTrainer().fit(tinyLoader(), options)).rejects.toThrow(message);
  };
  await refused({ every: 1 }, 'Trainer.fit: checkpoint: needs one of save and store, got ["every"]');
  await refused({ every: 1, save, store }, 'needs one of save and store');
  await refused({ every: 1, save, keepLast: 3 }, 'Trainer.fit: checkpoint.keepLast: needs a store');
  await refused({ every: 1, save: 'path' }, 'checkpoint.save: must be a function, e.g. saveTo(path)');
  await refused({ every: 1, store: 'folder' }, 'checkpoint.store: must be a store, e.g. fileStore(folder)');
  await refused({ every: 0, store }, 'checkpoint.every: must be an integer of at least 1, got 0');
  const keepBest = { metric: 'fid', mode: 'min', measure: 'it' };
  await refused({ every: 1, store, keepBest }, 'checkpoint.keepBest.measure: must be a function, got "it"');
});
