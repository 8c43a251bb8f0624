import '@tensorflow/tfjs-backend-cpu';
import { seededStream } from '@eigengan/core';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, expect, test } from 'vitest';
import { type Augmentation, adaptiveAugment, diffAugment, wasserstein, zeroCentred } from '../index';
import { bytesOf, tinyImages, tinyTrainer } from '../testing/tiny-gan';

beforeAll(() => tf.setBackend('cpu'));

/** Where the trainer, whose seed is 7, draws an image's parameters. */
const streamsOf = (step: number, pass: string) => (image: number) =>
  seededStream(7, `augment/${step}/${pass}/${image}`);

const fast = () => adaptiveAugment({ speed: 16, target: 0, interval: 2 });

test('at p 0 training is what it is without augmentation, to the last bit', async () => {
  const [without, withNone] = [tinyTrainer(), tinyTrainer({ augment: adaptiveAugment({ p: 0 }) })];
  for (let step = 0; step < 2; step++) {
    const { augment_p, augment_rt, ...log } = await withNone.step(tinyImages(4, step));
    expect(log).toEqual(await without.step(tinyImages(4, step)));
    expect(augment_p).toBe(0);
  }
  expect(await bytesOf(withNone.discriminator)).toEqual(await bytesOf(without.discriminator));
  expect(await bytesOf(withNone.generator)).toEqual(await bytesOf(without.generator));
});

test('r_t and R1 are those of the augmented reals, the gradient taken before the augmentation', async () => {
  const augment = diffAugment({ policy: 'translation,cutout' });
  const trainer = tinyTrainer({ augment });
  const images = tinyImages(8);
  const judge = (images: tf.Tensor) => {
    const augmented = augment.create().apply(images, streamsOf(0, 'real'));
    const logits = trainer.discriminator.apply(augmented);
    if (!(logits instanceof tf.Tensor)) throw new Error('one output');
    return logits;
  };
  const [rt, penalty] = tf.tidy(() => {
    const gradient = tf.grad((images) => tf.sum(judge(images)))(images);
    return [tf.mean(tf.sign(judge(images))), tf.mean(tf.sum(tf.square(gradient), [1, 2, 3]))];
  });
  const expected = [(await rt?.data())?.[0], (await penalty?.data())?.[0] ?? 0];
  const log = await trainer.step(images);
  expect(log.augment_rt).toBe(expected[0]);
  expect(log.penalty).toBeCloseTo(expected[1] ?? 0, 7);
  expect(log.penalty).toBeGreaterThan(0);
  expect(log).not.toHaveProperty('augment_p');
});

test('D sees every image augmented, each time with parameters of its own', async () => {
  const passes: { shape: number[]; draws: number[] }[] = [];
  const spy: Augmentation = {
    name: 'spy',
    configuration: {},
    check: () => {},
    create: () => ({
      numbers: {},
      logged: {},
      observe: () => {},
      apply: (images, streams) => {
        const draws = Array.from({ length: images.shape[0] ?? 0 }, (_, image) => streams(image).uniform());
        passes.push({ shape: images.shape, draws });
        return images;
      },
    }),
  };
  const trainer = tinyTrainer({
    augment: spy,
    penalties: [zeroCentred({ at: 'real' }), zeroCentred({ at: 'line' })],
  });
  await trainer.step(tinyImages(4));
  passes.length = 0;
  await trainer.step(tinyImages(4));
  // Real and fake; the line (a penalty at the reals takes their pass); fake again in G's update.
  expect(passes.map(({ shape }) => shape)).toEqual(Array(4).fill([4, 4, 4, 1]));
  const draws = passes.flatMap(({ draws }) => draws);
  expect(new Set(draws).size).toBe(16);
  expect(draws.slice(0, 4)).toEqual([0, 1, 2, 3].map((image) => streamsOf(1, 'real')(image).uniform()));
});

test('micro-batches see what the whole batch would', async () => {
  const options = { augment: adaptiveAugment({ p: 0.9 }), penalties: [zeroCentred({ at: 'real' })] };
  const images = tinyImages(8);
  const expected = await tinyTrainer(options).step(images);
  const actual = await tinyTrainer({ ...options, microBatch: { discriminator: 3 } }).step(images);
  // Not d_fake: the tiny generator's batch statistics are of a piece.
  for (const name of ['d_real', 'penalty', 'augment_rt']) {
    expect(actual[name], name).toBeCloseTo(expected[name] ?? Number.NaN, 6);
  }
});

test('p rises with a D that is sure of the reals, from the next step on, and falls with one that is not', async () => {
  const certain = { ...wasserstein(), name: 'certain' };
  const trainer = tinyTrainer({ augment: fast(), loss: certain, penalties: [] });
  const bias = trainer.discriminator.getLayer('logit').trainableWeights[1]?.read();
  if (!(bias instanceof tf.Variable)) throw new Error('a bias is a variable');
  const rounds: number[] = [];
  const steps = async (level: number) => {
    for (let step = 0; step < 4; step++) {
      bias.assign(tf.tensor([level]));
      const { augment_p = Number.NaN, augment_rt } = await trainer.step(tinyImages(4));
      expect(augment_rt).toBe(Math.sign(level));
      rounds.push(augment_p);
    }
  };
  await steps(100);
  await steps(-100);
  // Two steps of four images each, over 16.
  expect(rounds).toEqual([0, 0, 0.5, 0.5, 1, 1, 0.5, 0.5]);
});

test('a resumed run is the run that went on, bit for bit, wherever p changes next', async () => {
  const create = () => tinyTrainer({ augment: adaptiveAugment({ speed: 50, target: -0.9, interval: 2 }) });
  const trainer = create();
  const stops: Uint8Array[] = [];
  for (let step = 0; step < 4; step++) {
    await trainer.step(tinyImages(4, step));
    stops.push(await trainer.checkpoint());
  }
  const goneOn = stops.pop();
  for (const [taken, bytes] of stops.entries()) {
    const resumed = create();
    const { augmentation } = await resumed.restore(bytes);
    expect(augmentation?.steps).toBe((taken + 1) % 2);
    for (let step = taken + 1; step < 4; step++) await resumed.step(tinyImages(4, step));
    expect(await resumed.checkpoint()).toEqual(goneOn);
    resumed.dispose();
  }
});

test('a checkpoint that is asked for during a step has seen the step’s r_t', async () => {
  const trainer = tinyTrainer({ augment: adaptiveAugment() });
  const [, bytes] = await Promise.all([trainer.step(tinyImages(4)), trainer.checkpoint()]);
  const { step, augmentation } = await tinyTrainer({ augment: adaptiveAugment() }).restore(bytes);
  expect(augmentation?.steps).toBe(step);
});

test('another augmentation is refused by what differs', async () => {
  const bytes = await tinyTrainer({ augment: diffAugment() }).checkpoint();
  await expect(tinyTrainer({ augment: diffAugment({ policy: 'color' }) }).restore(bytes)).rejects.toThrow(
    'got augment.policy was "color,translation,cutout", is "color"',
  );
  await expect(tinyTrainer().restore(bytes)).rejects.toThrow('augment.name was "diffAugment", is absent');
  expect(() => tinyTrainer({ augment: JSON.parse('"diffAugment"') })).toThrow(
    'Trainer: augment: must be an augmentation, e.g. diffAugment(), got "diffAugment"',
  );
});

test('steps leave no tensors', async () => {
  const trainer = tinyTrainer({
    augment: adaptiveAugment({ p: 0.8 }),
    penalties: [zeroCentred({ at: 'real' }), zeroCentred({ at: 'line' })],
  });
  const images = tinyImages(4);
  await trainer.step(images);
  const before = tf.memory().numTensors;
  for (let step = 0; step < 3; step++) await trainer.step(images);
  expect(tf.memory().numTensors).toBe(before);
});
