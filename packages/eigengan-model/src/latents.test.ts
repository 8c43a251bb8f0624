import '@tensorflow/tfjs-backend-cpu';
import { seededStream } from '@eigengan/core';
import * as tf from '@tensorflow/tfjs-core';
import { expect, test } from 'vitest';
import { createGenerator, latentSampler, latentShapes, modeLatents, sampleLatents } from './index';

const generator = createGenerator({ size: 16, width: 0.0625, ranks: [3, 2], noise: 8 });

test('the latents are the inputs of the generator, in its order', () => {
  expect(Object.entries(latentShapes(generator))).toEqual([
    ['noise', 8],
    ['z_0', 3],
    ['z_1', 2],
  ]);
  const latents = sampleLatents(generator, 4, seededStream(0, 'latents'));
  expect(latents.map(({ shape }) => shape)).toEqual([
    [4, 8],
    [4, 3],
    [4, 2],
  ]);
});

test('the same stream gives the same latents, going on gives others', async () => {
  const sampler = latentSampler(generator);
  const draw = async (stream: ReturnType<typeof seededStream>) =>
    Promise.all(sampler(2, stream).map(async (latent) => Array.from(await latent.data())));
  const stream = seededStream(3, 'latents');
  const first = await draw(stream);
  expect(await draw(stream)).not.toEqual(first);
  expect(await draw(seededStream(3, 'latents'))).toEqual(first);
});

test('a sampler needs only the shapes', async () => {
  const [noise] = latentSampler({ noise: 8 })(2, seededStream(1, 'latents'));
  const [same] = latentSampler(generator)(2, seededStream(1, 'latents'));
  expect(await noise?.data()).toEqual(await same?.data());
});

test.each([0.5, 1, 2])('truncated at %d they are drawn again beyond it, not clipped', async (truncation) => {
  const [z] = sampleLatents({ z_0: 20_000 }, 1, seededStream(1, 'latents'), { truncation });
  const values = Array.from((await z?.data()) ?? []);
  expect(Math.max(...values.map(Math.abs))).toBeLessThanOrEqual(truncation);
  // The variance of a normal distribution cut off at t: 1 - 2 t phi(t) / (2 Phi(t) - 1).
  const density = Math.exp(-(truncation ** 2) / 2) / Math.sqrt(2 * Math.PI);
  const inside = { 0.5: 0.382925, 1: 0.682689, 2: 0.9545 }[truncation] ?? Number.NaN;
  const variance = values.reduce((sum, value) => sum + value ** 2, 0) / values.length;
  expect(variance / (1 - (2 * truncation * density) / inside)).toBeCloseTo(1, 1);
  // Clipping would pile up a third of them at the edge for 1.
  const edge = values.filter((value) => Math.abs(value) > 0.999 * truncation).length;
  expect(edge / values.length).toBeLessThan(0.004);
});

test('without truncation they are standard normal', async () => {
  const [z] = sampleLatents({ z_0: 20_000 }, 1, seededStream(1, 'latents'));
  const values = Array.from((await z?.data()) ?? []);
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + value ** 2, 0) / values.length;
  expect(Math.abs(mean)).toBeLessThan(0.03);
  expect(variance).toBeCloseTo(1, 1);
  expect(Math.max(...values)).toBeGreaterThan(3);
});

test('the mode is zero everywhere', async () => {
  for (const latent of modeLatents(generator, 2)) {
    expect(latent.shape[0]).toBe(2);
    expect(Array.from(await latent.data()).every((value) => value === 0)).toBe(true);
  }
});

test('the caller has exactly what it asked for', () => {
  const before = tf.memory().numTensors;
  const latents = sampleLatents(generator, 2, seededStream(0, 'latents'), { truncation: 1 });
  expect(tf.memory().numTensors).toBe(before + 3);
  tf.dispose(latents);
  expect(tf.memory().numTensors).toBe(before);
});

test('a batch of 0 and a truncation of 0 are refused', () => {
  const stream = seededStream(0, 'latents');
  expect(() => sampleLatents(generator, 0, stream)).toThrow(
    'sampleLatents: batch: must be an integer of at least 1, got 0',
  );
  expect(() => sampleLatents(generator, 1, stream, { truncation: 0 })).toThrow('sampleLatents: truncation');
  expect(() => sampleLatents(generator, 1, stream, Object({ trunkation: 2 }))).toThrow('"truncation"');
  expect(() => latentSampler(generator, Object({ trunkation: 2 }))).toThrow('"truncation"');
  expect(() => modeLatents(generator, -1)).toThrow('modeLatents: batch');
});
