import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, expect, test } from 'vitest';
import { tinyDiscriminator, tinyGenerator, tinyImages, tinyTrainer } from './testing/tiny-gan';
import { Turns } from './turns';

beforeAll(() => tf.setBackend('cpu'));

test('work begins when all before it has ended, well or not', async () => {
  const turns = new Turns();
  const seen: string[] = [];
  const work = (name: string, fails = false) =>
    turns.take(async () => {
      seen.push(`${name} begins`);
      await Promise.resolve();
      seen.push(`${name} ends`);
      if (fails) throw new Error(name);
      return name;
    });
  const all = await Promise.allSettled([work('a'), work('b', true), work('c')]);
  expect(seen).toEqual(['a begins', 'a ends', 'b begins', 'b ends', 'c begins', 'c ends']);
  expect(all.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
});

test('steps that are asked for at once are those one after another, the first ones too', async () => {
  const [together, apart] = [0, 1].map(() => tinyTrainer({ generatorLatents: 'fresh' }));
  if (together === undefined || apart === undefined) throw new Error('there are two');
  const logs = await Promise.all([1, 2, 3].map((seed) => together.step(tinyImages(4, seed))));
  expect(logs.map(({ step }) => step)).toEqual([1, 2, 3]);
  for (const seed of [1, 2, 3]) await apart.step(tinyImages(4, seed));
  expect(await together.checkpoint()).toEqual(await apart.checkpoint());
});

test('a checkpoint taken while the first step is under way is the state before it, whole', async () => {
  const trainer = tinyTrainer();
  const before = await trainer.checkpoint();
  const stepping = trainer.step(tinyImages(4));
  expect(await trainer.checkpoint()).toEqual(before);
  await stepping;
});

test('a restore that is asked for during a step comes after it', async () => {
  const source = tinyTrainer();
  for (const seed of [1, 2, 3]) await source.step(tinyImages(4, seed));
  const bytes = await source.checkpoint();
  const trainer = tinyTrainer();
  const stepping = trainer.step(tinyImages(4));
  await trainer.restore(bytes);
  expect((await stepping).step).toBe(1);
  expect(await trainer.checkpoint()).toEqual(bytes);
});

test('a trainer that is disposed of during its first step takes no other and holds no tensor', async () => {
  const models = { generator: tinyGenerator(), discriminator: tinyDiscriminator() };
  const images = tinyImages(4);
  const before = tf.memory().numTensors;
  const trainer = tinyTrainer(models);
  const stepping = trainer.step(images);
  await Promise.resolve();
  trainer.dispose();
  await expect(stepping).rejects.toThrow('it was disposed of. Make a new Trainer');
  expect(tf.memory().numTensors).toBe(before);
});
