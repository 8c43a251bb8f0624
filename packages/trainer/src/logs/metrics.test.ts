import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, expect, test } from 'vitest';
import { nonSaturating } from '../index';
import { tinyImages, tinyTrainer } from '../testing/tiny-gan';

beforeAll(() => tf.setBackend('cpu'));

test('a metric that throws changes nothing', async () => {
  const broken = { now: false };
  const trainer = tinyTrainer({
    metrics: {
      one: () => {
        if (broken.now) throw new Error('no metric');
        return tf.ones([1, 1]);
      },
    },
  });
  expect((await trainer.step(tinyImages(4))).one).toBe(1);
  const before = await trainer.checkpoint();
  broken.now = true;
  await expect(trainer.step(tinyImages(4))).rejects.toThrow('no metric');
  expect(await trainer.checkpoint()).toEqual(before);
});

test('metrics are computed before the updates', async () => {
  const trainer = tinyTrainer({
    metrics: { stem_norm: () => tf.norm(generator.getLayer('stem').trainableWeights[0]?.read() ?? 0) },
  });
  const { generator } = trainer;
  const expected = await tf.norm(generator.getLayer('stem').trainableWeights[0]?.read() ?? 0).data();
  expect((await trainer.step(tinyImages(4))).stem_norm).toBe(expected[0]);
});

test('a metric of any type leaves the losses as they are', async () => {
  const alone = await tinyTrainer().step(tinyImages(4));
  const { count, flag, ...losses } = await tinyTrainer({
    metrics: { count: () => tf.scalar(3, 'int32'), flag: () => tf.scalar(true, 'bool') },
  }).step(tinyImages(4));
  expect([count, flag]).toEqual([3, 1]);
  expect(losses).toEqual(alone);
});

test('a metric that is not finite is reported, a loss beside it still stops the step', async () => {
  const metrics = { ratio: () => tf.div(tf.scalar(0), tf.scalar(0)) };
  const trainer = tinyTrainer({ metrics });
  expect((await trainer.step(tinyImages(4))).ratio).toBeNaN();
  expect((await trainer.step(tinyImages(4))).step).toBe(2);
  const loss = { ...nonSaturating(), generator: (fake: tf.Tensor) => tf.mul<tf.Scalar>(tf.mean(fake), NaN) };
  await expect(tinyTrainer({ metrics, loss }).step(tinyImages(4))).rejects.toThrow(
    'step 1: every loss must be finite, got g_loss NaN',
  );
});

test('what is not one number is refused before anything changes', async () => {
  for (const [metric, message] of [
    [() => tf.ones([4]), 'Trainer: metric wrong: must give one element, got [4]'],
    [() => JSON.parse('3'), 'Trainer: metric wrong: must give a tensor, got 3'],
  ] as const) {
    const trainer = tinyTrainer({ metrics: { wrong: metric } });
    const before = await trainer.checkpoint();
    await expect(trainer.step(tinyImages(4))).rejects.toThrow(message);
    expect(await trainer.checkpoint()).toEqual(before);
  }
});

test('the names of what a step reports itself are refused', async () => {
  const reported = Object.keys(await tinyTrainer().step(tinyImages(4)));
  for (const name of [...reported, 'd_regularization', 'penalty/zeroCentred(real)']) {
    expect(() => tinyTrainer({ metrics: { [name]: () => tf.scalar(0) } }), name).toThrow(
      `Trainer: metrics: must not be called`,
    );
  }
});

test('metrics leave no tensors, also when they are not the trainer’s own', async () => {
  const images = tinyImages(4);
  const held = tf.scalar(1);
  const trainer = tinyTrainer({ metrics: { made: () => tf.mean(tf.ones([3])), held: () => held } });
  await trainer.step(images);
  const before = tf.memory().numTensors;
  await trainer.step(images);
  expect(tf.memory().numTensors).toBe(before);
  expect(held.isDisposed).toBe(false);
});
