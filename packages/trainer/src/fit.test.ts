import '@tensorflow/tfjs-backend-cpu';
import type { Loader } from '@eigengan/core';
import { seededStream } from '@eigengan/core';
import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import { beforeAll, expect, test, vi } from 'vitest';
import { type AdversarialLoss, nonSaturating, oneCentred, type TrainerCallback, zeroCentred } from './index';
import { tinyImages, tinyLatents, tinyLoader, tinyTrainer } from './testing/tiny-gan';

beforeAll(() => tf.setBackend('cpu'));

test('it calls back as tfjs does and returns a history by step', async () => {
  const trainer = tinyTrainer();
  const calls: string[] = [];
  const callback: TrainerCallback = {
    setParams: ({ steps }) => void calls.push(`params ${steps}`),
    onTrainBegin: () => void calls.push('begin'),
    onBatchBegin: (step) => void calls.push(`batch ${step}`),
    onBatchEnd: async (step, logs) => void calls.push(`end ${step} ${logs.step}`),
    onTrainEnd: () => void calls.push('end'),
  };
  const { step, history } = await trainer.fit(tinyLoader(), { steps: 2, callbacks: callback });
  expect(calls).toEqual(['params 2', 'begin', 'batch 0', 'end 0 1', 'batch 1', 'end 1 2', 'end']);
  expect(step).toEqual([1, 2]);
  expect(history.images).toEqual([4, 8]);
  expect(history.d_loss?.every(Number.isFinite)).toBe(true);
  expect(history.penalty?.map(Number.isFinite)).toEqual([true, false]);
});

test('tfjs’s own callbacks are taken as they are', async () => {
  const seen: number[] = [];
  const custom = new tfl.CustomCallback({ onBatchEnd: async (batch) => void seen.push(batch) });
  await tinyTrainer().fit(tinyLoader(), { steps: 3, callbacks: [custom] });
  expect(seen).toEqual([0, 1, 2]);
});

test('steps counts those done before, so that the same call goes on', async () => {
  const trainer = tinyTrainer();
  await trainer.fit(tinyLoader(), { steps: 2 });
  expect((await trainer.fit(tinyLoader(), { steps: 5 })).step).toEqual([3, 4, 5]);
  expect((await trainer.fit(tinyLoader(), { steps: 5 })).step).toEqual([]);
});

test('an abort ends it after the step under way, with a checkpoint', async () => {
  const trainer = tinyTrainer();
  const control = new AbortController();
  const saved: number[] = [];
  const { step } = await trainer.fit(tinyLoader(), {
    steps: 100,
    signal: control.signal,
    callbacks: { onBatchEnd: (batch) => (batch === 2 ? control.abort() : undefined) },
    checkpoint: { every: 2, save: (_, at) => void saved.push(at) },
  });
  expect(step).toEqual([1, 2, 3]);
  expect(saved).toEqual([2, 3]);
});

test('a signal that is aborted before the start lets no step happen', async () => {
  const trainer = tinyTrainer();
  const calls: string[] = [];
  const { step } = await trainer.fit(tinyLoader(), {
    steps: 3,
    signal: AbortSignal.abort(),
    callbacks: { onTrainBegin: () => void calls.push('begin'), onTrainEnd: () => void calls.push('end') },
    checkpoint: { every: 1, save: () => void calls.push('save') },
  });
  expect([step, trainer.stepCount, calls]).toEqual([[], 0, ['begin', 'end']]);
});

test('callbacks and saves that return promises are awaited, each before the next begins', async () => {
  const calls: string[] = [];
  const late = (name: string) => async () => {
    await new Promise((resolve) => setTimeout(resolve, 0));
    calls.push(name);
  };
  await tinyTrainer().fit(tinyLoader(), {
    steps: 1,
    callbacks: [
      { onBatchBegin: late('first begins'), onBatchEnd: late('first ends') },
      { onBatchBegin: late('second begins'), onBatchEnd: late('second ends'), onTrainEnd: late('end') },
    ],
    checkpoint: { every: 1, save: late('saved') },
  });
  expect(calls).toEqual(['first begins', 'second begins', 'first ends', 'second ends', 'saved', 'end']);
});

test('what is no loader, and missing options, are refused', async () => {
  const [loader, nothing] = [JSON.parse('[]'), JSON.parse('null')];
  await expect(tinyTrainer().fit(loader, { steps: 1 })).rejects.toThrow(
    'Trainer.fit: loader: must be a loader of batches with a state(), got []',
  );
  await expect(tinyTrainer().fit(tinyLoader(), nothing)).rejects.toThrow(
    'Trainer.fit: needs options with steps',
  );
});

test('timers run while it trains on a synchronous backend', async () => {
  const control = new AbortController();
  setTimeout(() => control.abort(), 0);
  const { step } = await tinyTrainer().fit(tinyLoader(), { steps: 100_000, signal: control.signal });
  expect(step.length).toBeLessThan(100_000);
});

test('stopTraining on the generator ends it, as in tfjs', async () => {
  const trainer = tinyTrainer();
  let model: tfl.LayersModel | undefined;
  const { step } = await trainer.fit(tinyLoader(), {
    steps: 100,
    callbacks: {
      setModel: (generator) => {
        model = generator;
      },
      onBatchEnd: () => {
        if (model !== undefined) model.stopTraining = true;
      },
    },
  });
  expect(step).toEqual([1]);
});

test('a Sequential generator is as good, though tfjs builds it late', async () => {
  const generator = tfl.sequential({
    layers: [
      tfl.layers.dense({ units: 16, inputShape: [1] }),
      tfl.layers.reshape({ targetShape: [4, 4, 1] }),
    ],
  });
  const trainer = tinyTrainer({ generator, latents: (batch) => [tf.ones([batch, 1])] });
  expect((await trainer.fit(tinyLoader(), { steps: 2 })).step).toEqual([1, 2]);
});

test('checkpoints carry the loader’s state, and the last one ends the run', async () => {
  const trainer = tinyTrainer();
  const saved: { bytes: Uint8Array; step: number }[] = [];
  await trainer.fit(tinyLoader(), {
    steps: 5,
    checkpoint: { every: 3, save: (bytes, step) => void saved.push({ bytes, step }) },
  });
  expect(saved.map(({ step }) => step)).toEqual([3, 5]);
  const { loader, step } = await trainer.restore(saved[0]?.bytes ?? new Uint8Array());
  expect([loader, step]).toEqual([{ next: 3 }, 3]);
});

test('a loader that ends ends it; one without a batch is an error', async () => {
  const finite: Loader<tf.Tensor> = {
    state: () => ({}),
    restore: () => {},
    async *[Symbol.asyncIterator]() {
      yield { images: tinyImages(3), index: new Int32Array(3) };
    },
  };
  expect((await tinyTrainer().fit(finite, { steps: 9 })).step).toEqual([1]);
  const empty: Loader<tf.Tensor> = { ...finite, async *[Symbol.asyncIterator]() {} };
  await expect(tinyTrainer().fit(empty, { steps: 9 })).rejects.toThrow(
    'the loader must have a batch, got none',
  );
});

test('two hundred steps with penalties, average, samples and saves, and a callback that throws, leave no tensor', async () => {
  const trainer = tinyTrainer({
    penalties: [zeroCentred({ at: 'real', interval: 4 }), oneCentred({ at: 'line', interval: 3 })],
  });
  const loader = tinyLoader();
  await trainer.fit(loader, { steps: 1 });
  const before = tf.memory().numTensors;
  const running = trainer.fit(loader, {
    steps: 400,
    checkpoint: { every: 50, save: () => {} },
    callbacks: {
      onBatchEnd: async (step) => {
        const latents = tinyLatents(2, seededStream(step, 'samples'));
        tf.dispose([latents, trainer.emaGenerator.predict(latents)].flat());
        if (step === 200) throw new Error('the callback failed');
      },
    },
  });
  await expect(running).rejects.toThrow('the callback failed');
  expect(trainer.stepCount).toBe(201);
  expect(tf.memory().numTensors).toBe(before);
});

test('a loss that is not finite stops it, names step and values, and spoils no checkpoint', async () => {
  const broken = { at: Number.POSITIVE_INFINITY };
  const loss: AdversarialLoss = {
    ...nonSaturating(),
    generator: (fake) => {
      const good = nonSaturating().generator(fake);
      return trainer.stepCount < broken.at ? good : tf.mul<tf.Scalar>(good, Number.NaN);
    },
  };
  const trainer = tinyTrainer({ loss });
  const saved: Uint8Array[] = [];
  const run = (steps: number) =>
    trainer.fit(tinyLoader(), { steps, checkpoint: { every: 2, save: (bytes) => void saved.push(bytes) } });
  await run(4);
  const before = tf.memory().numTensors;
  broken.at = 5;
  await expect(run(9)).rejects.toThrow('Trainer: step 6: every loss must be finite, got g_loss NaN');
  expect(tf.memory().numTensors).toBe(before);
  expect(saved).toHaveLength(2);
  await expect(trainer.checkpoint()).rejects.toThrow('the state must be good, but step 6 gave g_loss NaN');
  await expect(trainer.step(tinyImages(4))).rejects.toThrow('restore() a checkpoint first');
  broken.at = Number.POSITIVE_INFINITY;
  await trainer.restore(saved[1] ?? new Uint8Array());
  expect((await trainer.step(tinyImages(4))).step).toBe(5);
});

test('a pause holds fit after the step under way, until it is resumed', async () => {
  const trainer = tinyTrainer();
  const steps: number[] = [];
  const fitted = trainer.fit(tinyLoader(), {
    steps: 4,
    callbacks: {
      onBatchEnd: (_, { step = 0 }) => {
        steps.push(step);
        if (step === 2) trainer.pause();
      },
    },
  });
  await vi.waitUntil(() => steps.length === 2);
  for (let i = 0; i < 20; i++) await new Promise((resolve) => setTimeout(resolve, 5));
  expect([steps, trainer.paused]).toEqual([[1, 2], true]);
  trainer.resume();
  expect(trainer.paused).toBe(false);
  await fitted;
  expect(steps).toEqual([1, 2, 3, 4]);
});

test('aborting ends a pause, with a checkpoint; a pause before fit holds it from the start', async () => {
  const trainer = tinyTrainer();
  trainer.pause();
  const stop = new AbortController();
  const saved: number[] = [];
  const fitted = trainer.fit(tinyLoader(), {
    steps: 4,
    signal: stop.signal,
    checkpoint: { every: 100, save: (_, step) => void saved.push(step) },
    callbacks: { onBatchEnd: () => trainer.pause() },
  });
  await new Promise((resolve) => setTimeout(resolve, 30));
  expect(trainer.stepCount).toBe(0);
  trainer.resume();
  await vi.waitUntil(() => trainer.paused);
  stop.abort();
  const { history } = await fitted;
  expect(history.step).toHaveLength(1);
  expect(saved).toEqual([1]);
});
