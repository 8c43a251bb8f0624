import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-wasm';
import { EigenganError } from '@eigengan/core';
import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import { beforeAll, beforeEach, expect, test } from 'vitest';
import type { Trainer } from '../index';
import { lose, registerLosableBackend } from '../testing/losable-backend';
import { tinyImages, tinyLatents, tinyLoader, tinyTrainer } from '../testing/tiny-gan';

beforeAll(registerLosableBackend);
beforeEach(() => tf.setBackend('cpu'));

const lossOfDevice = () => new EigenganError('the device was lost');

/** Layers that stock wasm trains too. */
function denseTrainer(): Trainer {
  const kernelInitializer = tfl.initializers.glorotNormal({ seed: 1 });
  const noise = tfl.input({ shape: [3] });
  const z = tfl.input({ shape: [2] });
  const joined = tfl.layers.concatenate().apply([noise, z]);
  const flat = tfl.layers.dense({ units: 16, kernelInitializer }).apply(joined);
  const images = tfl.layers.reshape({ targetShape: [4, 4, 1] }).apply(flat);
  if (!(images instanceof tfl.SymbolicTensor)) throw new Error('symbolic');
  return tinyTrainer({
    generator: tfl.model({ inputs: [noise, z], outputs: images }),
    discriminator: tfl.sequential({
      layers: [
        tfl.layers.flatten({ inputShape: [4, 4, 1] }),
        tfl.layers.dense({ units: 8, activation: 'relu', kernelInitializer }),
        tfl.layers.dense({ units: 1, kernelInitializer }),
      ],
    }),
  });
}

test('a signal aborted with an Error rejects fit with it, saves nothing more and spoils the trainer', async () => {
  const trainer = tinyTrainer();
  const control = new AbortController();
  const reason = lossOfDevice();
  const saved: number[] = [];
  const running = trainer.fit(tinyLoader(), {
    steps: 100,
    signal: control.signal,
    callbacks: { onBatchEnd: (batch) => (batch === 2 ? control.abort(reason) : undefined) },
    checkpoint: { every: 2, save: (_, at) => void saved.push(at) },
  });
  await expect(running).rejects.toBe(reason);
  expect(saved).toEqual([2]);
  await expect(trainer.step(tinyImages(4))).rejects.toThrow(
    'Trainer.step: the state must be good, but training was stopped by: the device was lost. restore() a checkpoint first',
  );
  await expect(trainer.checkpoint()).rejects.toThrow('Trainer.checkpoint: the state must be good');
});

test('a failure before the start lets nothing happen', async () => {
  const trainer = tinyTrainer();
  const reason = lossOfDevice();
  const calls: string[] = [];
  const running = trainer.fit(tinyLoader(), {
    steps: 3,
    signal: AbortSignal.abort(reason),
    callbacks: { onTrainBegin: () => void calls.push('begin'), onTrainEnd: () => void calls.push('end') },
    checkpoint: { every: 1, save: () => void calls.push('save') },
  });
  await expect(running).rejects.toBe(reason);
  expect(calls).toEqual([]);
});

test('only an Error that is no request to stop is a failure', async () => {
  const stops = [undefined, 'enough', new DOMException('late', 'TimeoutError')];
  for (const reason of stops) {
    const { step } = await tinyTrainer().fit(tinyLoader(), { steps: 3, signal: AbortSignal.abort(reason) });
    expect(step).toEqual([]);
  }
  const broken = new DOMException('gone', 'InvalidStateError');
  const running = tinyTrainer().fit(tinyLoader(), { steps: 3, signal: AbortSignal.abort(broken) });
  await expect(running).rejects.toBe(broken);
});

test('a step that waits for a lost device for ever is given up, and its tensors with it', async () => {
  await tf.setBackend('losable');
  const trainer = tinyTrainer();
  const bytes = await trainer.checkpoint();
  await trainer.step(tinyImages(4));
  const control = new AbortController();
  const before = tf.memory().numTensors;
  lose('hangs', () => control.abort(lossOfDevice()));
  const running = trainer.fit(tinyLoader(), { steps: 9, signal: control.signal });
  await expect(running).rejects.toThrow('the device was lost');
  // What is being read of the device.
  expect(tf.memory().numTensors).toBe(before + 1);
  lose('not');
  await trainer.restore(bytes);
  expect((await trainer.step(tinyImages(4))).step).toBe(1);
});

test('a restore on another backend makes the trainer good, and it goes on as it would have', async () => {
  await tf.setBackend('losable');
  const trainer = denseTrainer();
  for (let i = 0; i < 3; i++) await trainer.step(tinyImages(4, i));
  const bytes = await trainer.checkpoint();
  const expected = await trainer.step(tinyImages(4, 3));
  lose('reads zeros');
  await expect(trainer.step(tinyImages(4, 4))).rejects.toThrow('lost');
  await tf.setBackend('wasm');
  await trainer.restore(bytes);
  const log = await trainer.step(tinyImages(4, 3));
  for (const [name, value] of Object.entries(expected)) expect(log[name], name).toBeCloseTo(value, 5);
  expect((await trainer.step(tinyImages(4, 4))).step).toBe(5);
  const [sample] = [trainer.emaGenerator.predict(tinyLatents(1, { ...zeroStream }))].flat();
  expect((await sample?.data())?.every(Number.isFinite)).toBe(true);
  lose('not');
});

test.each(['reads zeros', 'rejects'] as const)(
  'a step whose device was lost unnoticed and %s is an error, not a loss of zero',
  async (how) => {
    await tf.setBackend('losable');
    const trainer = tinyTrainer();
    await trainer.step(tinyImages(4));
    const images = tinyImages(4);
    const before = tf.memory().numTensors;
    lose(how);
    const message = /^Trainer\.step: the device must keep what is in its memory, but it has lost it: /;
    await expect(trainer.step(images)).rejects.toThrow(message);
    lose('not');
    expect(tf.memory().numTensors).toBe(before);
    await expect(trainer.checkpoint()).rejects.toThrow('but the device lost its memory by step 2');
  },
);

test.each(['reads zeros', 'rejects'] as const)(
  'no checkpoint is made of a device that was lost and %s',
  async (how) => {
    await tf.setBackend('losable');
    const trainer = tinyTrainer();
    await trainer.step(tinyImages(4));
    const before = tf.memory().numTensors;
    lose(how);
    await expect(trainer.checkpoint()).rejects.toThrow(
      /^Trainer\.checkpoint: the device must keep .* The last checkpoint is still good: choose a backend/,
    );
    lose('not');
    expect(tf.memory().numTensors).toBe(before);
    expect(await trainer.checkpoint()).toBeInstanceOf(Uint8Array);
  },
);

test('a device that was lost before step 1 is not taken for one of half precision', async () => {
  await tf.setBackend('losable');
  const trainer = tinyTrainer();
  lose('reads zeros');
  await expect(trainer.step(tinyImages(4))).rejects.toThrow('Trainer.step: the device must keep');
  lose('not');
});

test('disposing of the trainer, twice too, frees what it holds on the device', () => {
  const models = { generator: denseTrainer().generator, discriminator: denseTrainer().discriminator };
  const before = tf.memory().numTensors;
  const trainer = tinyTrainer({ ...models, ema: null });
  expect(tf.memory().numTensors).toBeGreaterThan(before);
  trainer.dispose();
  trainer.dispose();
  expect(tf.memory().numTensors).toBe(before);
});

const zeroStream = { uniform: () => 0.5, normal: () => 0, integer: () => 0, state: () => [1, 1, 1, 1] };
