import { useBackend } from '@eigengan/backends';
import { loader, portraits } from '@eigengan/datasets';
import { createDiscriminator, createGenerator, latentSampler } from '@eigengan/eigengan-model';
import {
  adamW,
  adaptiveAugment,
  type CheckpointStore,
  clipped,
  collapse,
  deadDimensions,
  decayed,
  jsonlLog,
  oneCentred,
  r1,
  relativisticPaired,
  resumeFrom,
  saturated,
  smallDataSet,
  stuck,
  Trainer,
  tensorBoard,
  warmUp,
} from '@eigengan/trainer';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, expect, it } from 'vitest';

beforeAll(async () => {
  await useBackend('wasm');
});

const seed = 1;
const size = 16;

function everythingOn() {
  const generator = createGenerator({ size, width: 1 / 8, ranks: 2, noise: 4, seed });
  const discriminator = createDiscriminator({ size, width: 1 / 8, denseWidth: 16, seed });
  const optimizer = clipped(
    decayed(adamW({ learningRate: warmUp(10, 1e-3), beta1: 0, beta2: 0.99 }), { kernels: 1e-4 }),
    { globalNorm: 10 },
  );
  const trainer = new Trainer({
    generator,
    discriminator,
    latents: latentSampler(generator),
    loss: relativisticPaired(),
    penalties: [r1({ gamma: 1, interval: 4 }), oneCentred({ at: 'line', weight: 0.1, interval: 3 })],
    penaltyUpdate: 'separate',
    optimizers: { generator: optimizer, discriminator: optimizer },
    augment: adaptiveAugment({ p: 0.5 }),
    ema: { halfLife: 100, rampUp: 0.1, statistics: 'averaged' },
    microBatch: { discriminator: 3, penalties: 2, generator: 3 },
    generatorInterval: 2,
    generatorLatents: 'fresh',
    regularizationInterval: 2,
    metrics: { importance: () => tf.sum(tf.abs(generator.getWeights()[0] ?? tf.scalar(0))) },
    seed,
  });
  return { trainer, batches: loader(portraits({ size, length: 64 }), { batch: 4, seed }) };
}

/** Keeps checkpoints in memory. */
function memoryStore(): CheckpointStore {
  const kept = new Map<number, Uint8Array>();
  return {
    save: async (step, bytes) => void kept.set(step, bytes),
    load: async (step) => kept.get(step) ?? new Uint8Array(),
    list: async () =>
      [...kept].sort(([a], [b]) => a - b).map(([step, bytes]) => ({ step, size: bytes.length })),
    remove: async (step) => void kept.delete(step),
  };
}

it('two hundred steps with everything on leave no tensor; a callback that throws loses nothing', async () => {
  const store = memoryStore();
  const options = {
    checkpoint: { every: 20, store, keepLast: 2, keepBest: { metric: 'importance', mode: 'max' } },
    watch: [stuck(), saturated(), smallDataSet(), collapse({ every: 50 }), deadDimensions({ every: 50 })],
  } as const;
  const { trainer, batches } = everythingOn();
  const lines: string[] = [];
  let eventBytes = 0;
  const write = (bytes: Uint8Array) => {
    eventBytes += bytes.length;
  };
  const callbacks = [
    jsonlLog((line) => void lines.push(line)),
    tensorBoard({ write, histograms: { every: 20 } }),
  ];
  await trainer.fit(batches, { ...options, steps: 20, callbacks });
  await trainer.plan(tf.zeros([4, size, size, 3]));
  const before = tf.memory().numTensors;
  await trainer.fit(batches, { ...options, steps: 200, callbacks });
  await trainer.plan(tf.zeros([4, size, size, 3]));
  // The images of the plans are ours.
  expect(tf.memory().numTensors).toBe(before + 1);
  expect(lines.filter((line) => !line.includes('"event"'))).toHaveLength(200);
  expect(eventBytes).toBeGreaterThan(10_000);
  expect((await store.list()).map(({ step }) => step).slice(-2)).toEqual([180, 200]);

  const throwing = {
    onBatchEnd: (step: number) => (step === 205 ? Promise.reject(new Error('no')) : undefined),
  };
  const running = trainer.fit(batches, { ...options, steps: 210, callbacks: throwing });
  await expect(running).rejects.toThrow('no');
  expect(tf.memory().numTensors).toBe(before + 1);
  const { trainer: second, batches: again } = everythingOn();
  expect((await resumeFrom(second, store, again))?.checkpoint.step).toBe(200);
  const { step } = await second.fit(again, { steps: 206 });
  expect(step).toEqual([201, 202, 203, 204, 205, 206]);
  expect(await second.checkpoint()).toEqual(await trainer.checkpoint());
});
