import '@tensorflow/tfjs-backend-cpu';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decodeSafetensors, encodeSafetensors } from '@eigengan/core';
import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import { beforeAll, expect, test } from 'vitest';
import { leastSquares, sgd, type Trainer } from '../index';
import { saveCheckpoint, warmStartFrom } from '../node';
import { bytesOf, tinyDiscriminator, tinyGenerator, tinyImages, tinyTrainer } from '../testing/tiny-gan';

let trained: Trainer;
let bytes: Uint8Array;
beforeAll(async () => {
  await tf.setBackend('cpu');
  trained = tinyTrainer();
  for (const seed of [1, 2, 3]) await trained.step(tinyImages(4, seed));
  bytes = await trained.checkpoint();
});

/** Another run: other weights, loss, optimizers and seed. */
const other = (options: Parameters<typeof tinyTrainer>[0] = {}) =>
  tinyTrainer({
    generator: tinyGenerator(11),
    discriminator: tinyDiscriminator(12),
    loss: leastSquares(),
    optimizers: { generator: sgd({ learningRate: 0.01 }), discriminator: sgd({ learningRate: 0.01 }) },
    seed: 13,
    ...options,
  });

/** A discriminator whose `wide` has other shapes, without `logit`, with `score`. */
function changedDiscriminator() {
  return tfl.sequential({
    layers: [
      tfl.layers.conv2d({
        filters: 3,
        kernelSize: 3,
        strides: 2,
        padding: 'same',
        activation: 'relu',
        name: 'first',
        inputShape: [4, 4, 1],
      }),
      tfl.layers.conv2d({ filters: 5, kernelSize: 2, activation: 'relu', name: 'wide' }),
      tfl.layers.flatten(),
      tfl.layers.dense({ units: 1, name: 'score' }),
    ],
  });
}

test('it takes the weights of all networks, not the step, the optimizers or the streams', async () => {
  const trainer = other();
  const fresh = decodeSafetensors(await trainer.checkpoint());
  const { loaded, ...rest } = await trainer.warmStart(bytes);
  expect(rest).toEqual({ missing: [], unexpected: [], reshaped: [] });
  const names = Object.keys(decodeSafetensors(bytes).tensors);
  expect([...loaded].sort()).toEqual(names.filter((name) => !name.startsWith('optimizer/')));
  for (const model of ['generator', 'discriminator', 'emaGenerator'] as const) {
    expect(await bytesOf(trainer[model])).toEqual(await bytesOf(trained[model]));
  }
  const { metadata } = decodeSafetensors(await trainer.checkpoint());
  const read = ({ 'eigengan-checkpoint': json = '{}' }: Record<string, string>) => JSON.parse(json);
  expect(read(metadata)).toEqual({
    ...read(fresh.metadata),
    ema: { updates: 3, images: 12, pending: 0 },
  });
  expect((await trainer.step(tinyImages(4))).step).toBe(1);
});

test('of the generator alone: the discriminator stays, and the average begins at the generator', async () => {
  const trainer = other();
  const before = await bytesOf(trainer.discriminator);
  const { loaded, missing } = await trainer.warmStart(bytes, { only: ['generator'] });
  expect(new Set(loaded.map((role) => role.split('/')[0]))).toEqual(new Set(['generator']));
  expect(missing).toEqual([]);
  const generator = await bytesOf(trained.generator);
  expect(await bytesOf(trainer.generator)).toEqual(generator);
  expect(await bytesOf(trainer.emaGenerator)).toEqual(generator);
  expect(generator).not.toEqual(await bytesOf(trained.emaGenerator));
  expect(await bytesOf(trainer.discriminator)).toEqual(before);
});

test('with the average’s weights its count of updates comes along, so that its warm-up does not forget them', async () => {
  const trainer = other();
  await trainer.warmStart(bytes, { only: ['generator', 'ema'] });
  const first = async (model: tfl.LayersModel) =>
    (await model.getLayer('stem').getWeights()[0]?.data())?.[0] ?? Number.NaN;
  const loaded = await first(trainer.emaGenerator);
  await trainer.step(tinyImages(4));
  const decay = Math.min(0.99, (1 + 3) / (10 + 3));
  const expected = decay * loaded + (1 - decay) * (await first(trainer.generator));
  expect(await first(trainer.emaGenerator)).toBeCloseTo(expected, 6);
});

test('what does not match is listed and stays as it was', async () => {
  const discriminator = changedDiscriminator();
  const score = discriminator.getLayer('score').getWeights()[0];
  const before = await score?.data();
  const trainer = other({ discriminator, penalties: [] });
  expect(await trainer.warmStart(bytes, { only: ['discriminator'] })).toEqual({
    loaded: ['discriminator/first/kernel', 'discriminator/first/bias'],
    missing: ['discriminator/score/kernel', 'discriminator/score/bias'],
    unexpected: ['discriminator/logit/bias', 'discriminator/logit/kernel'],
    reshaped: [
      {
        role: 'discriminator/wide/kernel',
        saved: 'float32 [2, 2, 3, 4]',
        own: 'float32 [2, 2, 3, 5]',
      },
      { role: 'discriminator/wide/bias', saved: 'float32 [4]', own: 'float32 [5]' },
    ],
  });
  expect(await discriminator.getLayer('score').getWeights()[0]?.data()).toEqual(before);
  expect((await trainer.step(tinyImages(4))).step).toBe(1);
});

test('a network of which nothing fits is an error, and nothing is changed', async () => {
  const discriminator = tfl.sequential({
    layers: [tfl.layers.flatten({ inputShape: [4, 4, 1] }), tfl.layers.dense({ units: 1, name: 'logit' })],
  });
  const trainer = other({ discriminator, penalties: [] });
  const { tensors } = decodeSafetensors(bytes);
  const { 'discriminator/logit/bias': _, ...others } = tensors;
  const before = await trainer.checkpoint();
  await expect(trainer.warmStart(encodeSafetensors(others))).rejects.toThrow(
    /^Trainer\.warmStart: a weight of discriminator must fit, got discriminator\/logit\/kernel float32 \[4, 1\] where the model has float32 \[16, 1\]; discriminator\/first\/bias that the model does not have; .* leave this network out/,
  );
  expect(await trainer.checkpoint()).toEqual(before);
});

test('a safetensors file of weights serves as well, except for the average, which needs its count', async () => {
  const { tensors } = decodeSafetensors(bytes);
  const weights = Object.fromEntries(
    Object.entries(tensors).filter(([name]) => name.startsWith('generator/')),
  );
  const trainer = other();
  await trainer.warmStart(encodeSafetensors(weights));
  expect(await bytesOf(trainer.generator)).toEqual(await bytesOf(trained.generator));
  await expect(trainer.warmStart(encodeSafetensors(tensors), { only: ['ema'] })).rejects.toThrow(
    'checkpoint: must carry the metadata "eigengan-checkpoint"',
  );
});

test('what cannot be is refused', async () => {
  const only = (json: string) => other({ ema: null }).warmStart(bytes, { only: JSON.parse(json) });
  await expect(only('["genrator"]')).rejects.toThrow('Trainer.warmStart: only: must be one of generator, ');
  await expect(only('["genrator"]')).rejects.toThrow('Did you mean "generator"?');
  await expect(only('[]')).rejects.toThrow('only: must list some of generator, discriminator, ema, got []');
  await expect(only('"generator"')).rejects.toThrow('only: must list some of');
  await expect(only('["ema"]')).rejects.toThrow(
    'only: must be networks of the trainer, which has ema: null, got "ema"',
  );
  await expect(other().warmStart(encodeSafetensors({}))).rejects.toThrow(
    "Trainer.warmStart: the file must hold weights of the trainer's networks, got none. They are called",
  );
  await expect(other().warmStart(bytes.subarray(0, 3000))).rejects.toThrow(
    'must be a whole safetensors file',
  );
  const trainer = other();
  await trainer.step(tinyImages(4));
  await expect(trainer.warmStart(bytes)).rejects.toThrow(
    'Trainer.warmStart: must come before the first step, got step 1. Make a new Trainer',
  );
});

test('without an average the file’s is left out', async () => {
  const { loaded } = await other({ ema: null }).warmStart(bytes);
  expect(loaded.some((role) => role.startsWith('ema/'))).toBe(false);
});

test('it reads a file, whose name is in its errors, and leaves no tensors behind', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'eigengan-warm-'));
  const path = join(folder, 'checkpoint.safetensors');
  await saveCheckpoint(trained, path);
  const trainer = other();
  const unlike = tfl.sequential({
    layers: [
      tfl.layers.dense({ units: 16, inputShape: [1], name: 'other' }),
      tfl.layers.reshape({ targetShape: [4, 4, 1] }),
    ],
  });
  const unfit = other({ generator: unlike, latents: (batch) => [tf.ones([batch, 1])] });
  const before = tf.memory().numTensors;
  const { loaded } = await warmStartFrom(trainer, path, { only: ['generator'] });
  expect(loaded.length).toBeGreaterThan(5);
  await expect(warmStartFrom(unfit, path)).rejects.toThrow(
    `${path}: Trainer.warmStart: a weight of generator must fit, got generator/`,
  );
  expect(tf.memory().numTensors).toBe(before);
  await rm(folder, { recursive: true });
});
