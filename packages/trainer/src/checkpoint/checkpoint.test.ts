import '@tensorflow/tfjs-backend-cpu';
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { decodeSafetensors, encodeSafetensors } from '@eigengan/core';
import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { adam, leastSquares, oneCentred, sgd } from '../index';
import { loadCheckpoint, saveCheckpoint } from '../node';
import { flipBit } from '../testing/flip-bit';
import { bytesOf, tinyDiscriminator, tinyGenerator, tinyImages, tinyTrainer } from '../testing/tiny-gan';

let folder = '';
beforeAll(async () => {
  await tf.setBackend('cpu');
  folder = await mkdtemp(join(tmpdir(), 'eigengan-trainer-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const worker = fileURLToPath(new URL('../testing/resume-worker.ts', import.meta.url));
const root = fileURLToPath(new URL('../../../..', import.meta.url));

/** Runs the worker on the sources, as the tests do. */
async function inNewProcess(backend: string, task: string): Promise<Record<string, string>> {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--import', 'tsx', worker, backend, folder, task],
    { cwd: root },
  );
  const line = stdout.trim().split('\n').at(-1) ?? '';
  const report: { backend: string; hashes: Record<string, string> } = JSON.parse(line);
  expect(report.backend).toBe(backend);
  return report.hashes;
}

test.concurrent.each(['cpu', 'wasm'])(
  'on %s a resume in a new process is going on, bit for bit, at steps 11, 53 and 300, with every optimizer',
  async (backend) => {
    const goneOn = await inNewProcess(backend, 'train');
    const resumed = await inNewProcess(backend, 'resume');
    expect(Object.keys(goneOn)).toHaveLength(15);
    expect(resumed).toEqual(goneOn);
  },
  120_000,
);

test('it holds every tensor under its role, and restores each of their bytes', async () => {
  const trainer = tinyTrainer();
  for (let i = 0; i < 3; i++) await trainer.step(tinyImages(4));
  const bytes = await trainer.checkpoint();
  const names = Object.keys(decodeSafetensors(bytes).tensors);
  expect(names.filter((name) => name.endsWith('stem/kernel'))).toEqual([
    'ema/stem/kernel',
    'generator/stem/kernel',
    'optimizer/generator/m/stem/kernel',
    'optimizer/generator/v/stem/kernel',
  ]);
  expect(names).toContain('ema/normal/moving_mean');
  expect(names).toContain('optimizer/discriminator/v/logit/bias');
  const saved = [await bytesOf(trainer.generator), await bytesOf(trainer.emaGenerator)];
  const other = tinyTrainer({ generator: tinyGenerator(8), discriminator: tinyDiscriminator(9) });
  const tensors = tf.memory().numTensors;
  await other.restore(bytes);
  expect([await bytesOf(other.generator), await bytesOf(other.emaGenerator)]).toEqual(saved);
  expect(await other.checkpoint()).toEqual(bytes);
  expect(tf.memory().numTensors).toBe(tensors);
});

test('a checkpoint is one moment’s state, also when steps go on while it is written', async () => {
  const trainer = tinyTrainer();
  await trainer.step(tinyImages(4));
  const quiet = await trainer.checkpoint();
  const [busy] = await Promise.all([trainer.checkpoint(), trainer.step(tinyImages(4))]);
  expect(busy).toEqual(quiet);
});

test('automatic layer names do not matter: the number is the place in the model', async () => {
  const generator = () =>
    tfl.sequential({
      layers: [
        tfl.layers.dense({ units: 6, inputShape: [2] }),
        tfl.layers.dense({ units: 16 }),
        tfl.layers.reshape({ targetShape: [4, 4, 1] }),
      ],
    });
  const latents = (batch: number) => [tf.ones([batch, 2])];
  const trainer = tinyTrainer({ generator: generator(), latents });
  const bytes = await trainer.checkpoint();
  const names = Object.keys(decodeSafetensors(bytes).tensors);
  expect(names.filter((name) => name.startsWith('generator/'))).toEqual([
    'generator/dense_1/bias',
    'generator/dense_1/kernel',
    'generator/dense_2/bias',
    'generator/dense_2/kernel',
  ]);
  const other = tinyTrainer({ generator: generator(), latents });
  await other.restore(bytes);
  expect(await other.checkpoint()).toEqual(bytes);
});

test('constraints do not touch what is restored', async () => {
  const trainer = tinyTrainer();
  const kernel = trainer.discriminator.getLayer('wide').trainableWeights[0]?.read();
  if (kernel instanceof tf.Variable) kernel.assign(tf.fill(kernel.shape, -0.5));
  const bytes = await trainer.checkpoint();
  await trainer.restore(bytes);
  expect(new Set(await kernel?.data())).toEqual(new Set([-0.5]));
});

test('another model is refused naming what does not fit, and nothing is changed', async () => {
  const bytes = await tinyTrainer({ ema: null }).checkpoint();
  const { tensors, metadata } = decodeSafetensors(bytes);
  const { 'generator/stem/bias': bias, ...others } = tensors;
  if (bias === undefined) throw new Error('the bias is there');
  const changed = encodeSafetensors(
    {
      ...others,
      'generator/stem/kernel': { ...bias, shape: [8] },
      'generator/stem/extra': bias,
    },
    withoutChecksum(metadata),
  );
  const trainer = tinyTrainer({ ema: null });
  await trainer.step(tinyImages(4));
  const before = await trainer.checkpoint();
  await expect(trainer.restore(changed)).rejects.toThrow(
    'checkpoint: tensors must be those of the trainer, got generator/stem/kernel float32 [8] where the model has float32 [5, 8]; generator/stem/bias missing; generator/stem/extra that the model does not have. Make the',
  );
  expect(await trainer.checkpoint()).toEqual(before);
});

test('another configuration is refused naming the fields; a learning rate may change', async () => {
  const bytes = await tinyTrainer().checkpoint();
  const slow = adam({ learningRate: 1e-5, beta1: 0.9 });
  await tinyTrainer({ optimizers: { generator: slow, discriminator: slow } }).restore(bytes);
  const refused = (options: Parameters<typeof tinyTrainer>[0], message: string | RegExp) =>
    expect(tinyTrainer(options).restore(bytes)).rejects.toThrow(message);
  await refused(
    { loss: leastSquares() },
    'got loss was "nonSaturating", is "leastSquares". Only learning rates',
  );
  await refused(
    { penalties: [oneCentred({ at: 'line' })] },
    'penalties.zeroCentred(real).kind was "zeroCentred", is absent',
  );
  await refused(
    { optimizers: { generator: slow, discriminator: sgd({ learningRate: 1 }) } },
    'optimizers.discriminator.kind was "adam", is "sgd"',
  );
  await refused({ ema: { decay: 0.9 } }, 'ema.decay was 0.99, is 0.9');
  await refused({ seed: 8 }, 'seed was 7, is 8');
  const momentum = sgd({ learningRate: 1, momentum: 0.9 });
  await refused(
    {
      loss: leastSquares(),
      penalties: [oneCentred({ at: 'line' })],
      optimizers: { generator: momentum, discriminator: momentum },
      ema: null,
      seed: 8,
    },
    /^checkpoint: the configuration must be that of the checkpoint, got (?:[^;]+; ){8}and \d+ more\. Only/,
  );
});

test('what is no checkpoint is refused by what it is', async () => {
  const trainer = tinyTrainer();
  const refused = (bytes: Uint8Array | string, message: string) => {
    const file = typeof bytes === 'string' ? new TextEncoder().encode(bytes) : bytes;
    return expect(trainer.restore(file)).rejects.toThrow(message);
  };
  await refused(
    '{"modelTopology": {}}',
    'got a saved model (model.json): it has no discriminator, no optimizer state',
  );
  await refused('{"step":1,"d_loss":2}\n', 'checkpoint: must be a safetensors file, got JSON. Pass the');
  await refused(encodeSafetensors({}), 'got a safetensors file of another kind. Weights alone');
  await refused(new Uint8Array(), 'checkpoint: must be a safetensors file, got an empty file');
  await refused(
    '\x89PNG\r\n\x1a\n and pixels',
    'must be a whole safetensors file, but safetensors: the header',
  );
  await refused(
    (await trainer.checkpoint()).subarray(0, 5000),
    'checkpoint: must be a whole safetensors file, but safetensors: ',
  );
  await expect(trainer.restore(JSON.parse('"run/checkpoint"'))).rejects.toThrow(
    'checkpoint: must be a Uint8Array',
  );
});

test('a bit that flipped in a weight or in a number is found', async () => {
  const trainer = tinyTrainer();
  const bytes = await trainer.checkpoint();
  await expect(trainer.restore(flipBit(bytes, 8 * (bytes.length - 100)))).rejects.toThrow(
    /^checkpoint: checksum: must be "[0-9a-f]{8}", that of its content, got "[0-9a-f]{8}"\. The file is damaged/,
  );
  const step = new TextDecoder('latin1').decode(bytes).indexOf('\\"step\\":0') + '\\"step\\":'.length;
  await expect(trainer.restore(flipBit(bytes, 8 * step))).rejects.toThrow('checkpoint: checksum: must be');
});

test('scores come back, and one that is not finite is refused', async () => {
  const trainer = tinyTrainer();
  const bytes = await trainer.checkpoint({ scores: { fid: 12.5 } });
  expect((await trainer.restore(bytes)).scores).toEqual({ fid: 12.5 });
  await expect(trainer.checkpoint({ scores: { fid: Number.NaN } })).rejects.toThrow(
    'Trainer.checkpoint: scores.fid: must be a finite number, got NaN',
  );
});

test('metadata that lack something are refused naming it, and nothing is changed', async () => {
  const trainer = tinyTrainer();
  const before = await trainer.checkpoint();
  const { tensors, metadata } = decodeSafetensors(before);
  const [key = '', json = ''] = Object.entries(metadata)[0] ?? [];
  const changed = (change: Readonly<Record<string, unknown>> | null) =>
    trainer.restore(
      encodeSafetensors(tensors, { [key]: JSON.stringify(change && { ...JSON.parse(json), ...change }) }),
    );
  await expect(changed(null)).rejects.toThrow('checkpoint: formatVersion: must be 1, got undefined');
  await expect(changed({ formatVersion: 2, libraryVersion: '0.9.0' })).rejects.toThrow(
    'formatVersion: must be 1, got 2. It was written by version 0.9.0 of the packages; this is ',
  );
  await expect(changed({ step: 'one' })).rejects.toThrow('checkpoint: step: must be a number, got "one"');
  await expect(changed({ random: null })).rejects.toThrow('checkpoint: random: must be an object, got null');
  await expect(changed({ random: {} })).rejects.toThrow('state must be four 32-bit integers');
  await expect(changed({ optimizers: { generator: { updates: 1 } } })).rejects.toThrow(
    'checkpoint: optimizers.generator: beta1Product: must be a number, got undefined',
  );
  await expect(changed({ ema: { updates: 3 } })).rejects.toThrow(
    'ema: images: must be a number, got undefined',
  );
  await changed({ step: 5 });
  expect(trainer.stepCount).toBe(5);
  await trainer.restore(before);
  expect(await trainer.checkpoint()).toEqual(before);
});

test('an average by half-life goes on bit for bit, also from between two updates of G', async () => {
  const make = () =>
    tinyTrainer({ ema: { halfLife: 20, rampUp: 0.5, statistics: 'averaged' }, generatorInterval: 3 });
  const trainer = make();
  for (let i = 0; i < 4; i++) await trainer.step(tinyImages(i + 2, i));
  const bytes = await trainer.checkpoint();
  const other = make();
  const { ema } = await other.restore(bytes);
  // G was updated on the third step alone, after 2 + 3 + 4 images.
  expect(ema).toEqual({ updates: 1, images: 9, pending: 5 });
  for (const each of [trainer, other]) {
    for (let i = 4; i < 7; i++) await each.step(tinyImages(i + 2, i));
  }
  expect(await other.checkpoint()).toEqual(await trainer.checkpoint());
  await expect(tinyTrainer({ ema: { halfLife: 30 }, generatorInterval: 3 }).restore(bytes)).rejects.toThrow(
    'ema.halfLife was 20, is 30',
  );
});

test('weights that are not finite are never written', async () => {
  const trainer = tinyTrainer();
  const path = join(folder, 'kept.safetensors');
  await saveCheckpoint(trainer, path);
  const good = await readFile(path);
  const kernel = trainer.generator.getLayer('stem').trainableWeights[0]?.read();
  if (kernel instanceof tf.Variable) kernel.assign(tf.fill(kernel.shape, Number.NaN));
  await expect(saveCheckpoint(trainer, path)).rejects.toThrow(
    'Trainer.checkpoint: every value must be finite, got generator/stem/kernel NaN',
  );
  expect(await readFile(path)).toEqual(good);
  expect((await loadCheckpoint(trainer, path)).step).toBe(0);
  expect(Number.isFinite((await trainer.step(tinyImages(4))).d_loss)).toBe(true);
});

test('a layer trained there and frozen here keeps its optimizer state for later', async () => {
  const trainer = tinyTrainer();
  await trainer.step(tinyImages(4));
  const bytes = await trainer.checkpoint();
  const generator = tinyGenerator();
  generator.getLayer('stem').trainable = false;
  const frozen = tinyTrainer({ generator });
  await frozen.restore(bytes);
  generator.getLayer('stem').trainable = true;
  expect(await frozen.checkpoint()).toEqual(bytes);
});

test('a restore onto a trainer in mid-run goes on as if there had been nothing in between', async () => {
  const trainer = tinyTrainer();
  await trainer.step(tinyImages(4, 1));
  const bytes = await trainer.checkpoint();
  const further = async () => {
    for (const seed of [2, 3]) await trainer.step(tinyImages(6, seed));
    return trainer.checkpoint();
  };
  const first = await further();
  await trainer.restore(bytes);
  expect(await further()).toEqual(first);
});

test('a layer thawed after the checkpoint starts anew when that is restored', async () => {
  const generator = tinyGenerator();
  const stem = generator.getLayer('stem');
  stem.trainable = false;
  const trainer = tinyTrainer({ generator });
  await trainer.step(tinyImages(4));
  const bytes = await trainer.checkpoint();
  const thawed = async () => {
    stem.trainable = true;
    for (const seed of [2, 3]) await trainer.step(tinyImages(4, seed));
    stem.trainable = false;
    return trainer.checkpoint();
  };
  const first = await thawed();
  await trainer.restore(bytes);
  expect(await thawed()).toEqual(first);
});

/** For a file that is changed on purpose. */
function withoutChecksum(metadata: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(metadata).filter(([key]) => !key.endsWith('checksum')));
}
