import '@tensorflow/tfjs-backend-cpu';
import { seededStream } from '@eigengan/core';
import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import { beforeAll, expect, test } from 'vitest';
import {
  adam,
  clippedHinge,
  nonSaturating,
  oneCentred,
  type PenaltyTerm,
  sgd,
  wasserstein,
  zeroCentred,
} from './index';
import {
  bytesOf,
  tinyDiscriminator,
  tinyGenerator,
  tinyImages,
  tinyLatents,
  tinyTrainer,
} from './testing/tiny-gan';

beforeAll(() => tf.setBackend('cpu'));

/** A rate of 0: that network's update changes nothing, the rest of its step happens. */
const still = sgd({ learningRate: 0 });
const moving = sgd({ learningRate: 0.1 });

test('a step reports flat numbers, before its updates', async () => {
  const trainer = tinyTrainer();
  const log = await trainer.step(tinyImages(6));
  expect(Object.keys(log)).toEqual([
    'step',
    'images',
    'd_loss',
    'd_real',
    'd_fake',
    'penalty',
    'g_loss',
    'g_regularization',
    'penalty_evaluated',
  ]);
  expect(log).toMatchObject({ step: 1, images: 6, penalty_evaluated: 1 });
  expect(log.d_loss).toBe((log.d_real ?? 0) + (log.d_fake ?? 0));
  const next = await trainer.step(tinyImages(2));
  expect(next).toMatchObject({ step: 2, images: 8, penalty_evaluated: 0 });
  expect(next).not.toHaveProperty('penalty');
});

test('the same seed gives the same run, another seed another', async () => {
  const run = async (seed: number) => {
    const trainer = tinyTrainer({ seed, penalties: [oneCentred({ at: 'line' })] });
    for (let i = 0; i < 3; i++) await trainer.step(tinyImages(4, i));
    return [await bytesOf(trainer.generator), await bytesOf(trainer.discriminator)];
  };
  const [first, again, other] = [await run(1), await run(1), await run(2)];
  expect(again).toEqual(first);
  expect(other).not.toEqual(first);
});

test('turning a penalty on moves no latents', async () => {
  const drawn: string[][] = [];
  for (const penalties of [[], [zeroCentred({ at: 'line' })]]) {
    const seen: string[] = [];
    const trainer = tinyTrainer({
      penalties,
      latents: (batch, stream) => {
        seen.push(stream.state().join());
        return tinyLatents(batch, stream);
      },
    });
    for (let i = 0; i < 3; i++) await trainer.step(tinyImages(4));
    drawn.push(seen);
  }
  expect(drawn[1]).toEqual(drawn[0]);
});

test('an update of D leaves every byte of G alone, batch statistics included', async () => {
  const trainer = tinyTrainer({ generatorInterval: 1000 });
  const before = await bytesOf(trainer.generator);
  const ema = await bytesOf(trainer.emaGenerator);
  const discriminator = await bytesOf(trainer.discriminator);
  for (let i = 0; i < 3; i++) await trainer.step(tinyImages(4));
  expect(await bytesOf(trainer.generator)).toEqual(before);
  expect(await bytesOf(trainer.emaGenerator)).toEqual(ema);
  expect(await bytesOf(trainer.discriminator)).not.toEqual(discriminator);
});

test('an update of G leaves every byte of D alone, batch statistics included', async () => {
  const seen: Record<string, Record<string, string>> = {};
  const discriminator = normalizedDiscriminator();
  const trainer = tinyTrainer({
    discriminator,
    penalties: [],
    loss: {
      ...nonSaturating(),
      // Called inside G's phase, when D's own update is over.
      generator: (fake) => {
        snapshot = Promise.all([bytesOf(discriminator), bytesOf(trainer.generator)]);
        return nonSaturating().generator(fake);
      },
    },
  });
  let snapshot: Promise<Record<string, string>[]> = Promise.resolve([]);
  for (let i = 0; i < 3; i++) {
    await trainer.step(tinyImages(4));
    const [d, g] = await snapshot;
    seen.discriminator = d ?? {};
    expect(await bytesOf(trainer.generator)).not.toEqual(g);
  }
  expect(await bytesOf(discriminator)).toEqual(seen.discriminator);
});

test('batch statistics move in their own network’s update: of D by both batches, of G once', async () => {
  const discriminator = normalizedDiscriminator();
  const trainer = tinyTrainer({
    discriminator,
    penalties: [],
    optimizers: { generator: still, discriminator: still },
    latents: (batch) => tinyLatents(batch, seededStream(1, 'latents')),
  });
  const movingMean = async (model: tfl.LayersModel) => [
    ...((await model.nonTrainableWeights[0]?.read().data()) ?? []),
  ];
  const steps: number[][][] = [];
  for (let i = 0; i < 2; i++) {
    await trainer.step(tinyImages(4));
    steps.push([await movingMean(discriminator), await movingMean(trainer.generator)]);
  }
  // From 0, each move keeps 0.99 and adds the same again: after 2 steps of n moves, 1 + 0.99^n times as much.
  for (const [network, moves] of [2, 1].entries()) {
    const [first, second] = steps.map((means) => means[network] ?? []);
    const most = Math.max(...(first ?? []).map(Math.abs));
    expect(most).toBeGreaterThan(0);
    first?.forEach((value, i) => {
      expect(Math.abs((second?.[i] ?? 0) - (1 + 0.99 ** moves) * value)).toBeLessThan(1e-5 * most);
    });
  }
});

test('the penalty’s forward pass moves no batch statistics', async () => {
  const run = async (penalties: PenaltyTerm[]) => {
    const discriminator = normalizedDiscriminator();
    const optimizers = { generator: still, discriminator: still };
    const trainer = tinyTrainer({ discriminator, penalties, optimizers });
    for (let i = 0; i < 2; i++) await trainer.step(tinyImages(4, i));
    return bytesOf(discriminator);
  };
  const through: PenaltyTerm = {
    name: 'through',
    weight: 1,
    interval: 1,
    configuration: {},
    evaluate: ({ discriminate, real }) => tf.mean<tf.Scalar>(tf.square(discriminate(real))),
  };
  expect(await run([through])).toEqual(await run([]));
});

test('frozen layers stay as they are, their batch statistics and nested models too', async () => {
  const generator = tinyGenerator();
  for (const name of ['stem', 'normal']) generator.getLayer(name).trainable = false;
  const inner = normalizedDiscriminator();
  const discriminator = tfl.sequential({
    layers: [tfl.layers.reshape({ targetShape: [4, 4, 1], inputShape: [4, 4, 1], name: 'in' }), inner],
  });
  inner.trainable = false;
  const trainer = tinyTrainer({ generator, discriminator, penalties: [] });
  const before = { ...(await bytesOf(generator)), ...(await bytesOf(discriminator)) };
  for (let i = 0; i < 2; i++) await trainer.step(tinyImages(4));
  const after = { ...(await bytesOf(generator)), ...(await bytesOf(discriminator)) };
  const moved = Object.keys(before).filter((name) => before[name] !== after[name]);
  expect(moved).toEqual(['shared/kernel', 'shared/bias', 'output/kernel', 'output/bias']);
});

test('a layer frozen while training stays from then on, and moves again when thawed', async () => {
  const trainer = tinyTrainer();
  await trainer.step(tinyImages(4));
  const stem = trainer.generator.getLayer('stem');
  const kernel = async () => (await bytesOf(trainer.generator))['stem/kernel'];
  stem.trainable = false;
  const frozen = await kernel();
  await trainer.step(tinyImages(4));
  expect(await kernel()).toBe(frozen);
  stem.trainable = true;
  await trainer.step(tinyImages(4));
  expect(await kernel()).not.toBe(frozen);
});

test('a discriminator that is frozen whole is penalised at the same value, and stays', async () => {
  const [frozen, free] = [tinyTrainer(), tinyTrainer()];
  frozen.discriminator.trainable = false;
  const before = await bytesOf(frozen.discriminator);
  const images = tinyImages(4);
  const { penalty } = await free.step(images);
  expect(penalty).toBeGreaterThan(0);
  expect((await frozen.step(images)).penalty).toBe(penalty);
  expect(await bytesOf(frozen.discriminator)).toEqual(before);
});

test('a regularised layer that is used twice counts once', async () => {
  const trainer = tinyTrainer();
  const kernel = trainer.generator.getLayer('shared').trainableWeights[0]?.read() ?? tf.scalar(0);
  const squares = (await tf.sum(tf.square(kernel)).data())[0] ?? Number.NaN;
  const log = await trainer.step(tinyImages(4));
  expect(log.g_regularization).toBeCloseTo(0.01 * squares, 6);
});

test('the regularisation is in the gradient, times its interval, when it is due', async () => {
  const update = async (regularizationInterval: number, steps: number) => {
    const generator = linearGenerator();
    const trainer = tinyTrainer({
      generator,
      loss: flat,
      latents: (batch) => [tf.ones([batch, 1])],
      discriminator: tinyDiscriminator(),
      penalties: [],
      optimizers: { generator: moving, discriminator: still },
      regularizationInterval,
    });
    const kernel = generator.getLayer('linear').trainableWeights[0];
    kernel?.write(tf.ones([1, 16]));
    for (let i = 0; i < steps; i++) await trainer.step(tinyImages(2));
    return (await kernel?.read().data())?.[0] ?? Number.NaN;
  };
  // d(0.5 w^2) = w, so that a step of rate 0.1 keeps 0.9; with interval 3, 0.7 on steps 0 and 3.
  expect(await update(1, 2)).toBeCloseTo(0.81, 5);
  expect(await update(3, 3)).toBeCloseTo(0.7, 5);
  expect(await update(3, 4)).toBeCloseTo(0.49, 5);
});

test('weight constraints hold after every update', async () => {
  const trainer = tinyTrainer({ optimizers: { generator: still, discriminator: sgd({ learningRate: 5 }) } });
  for (let i = 0; i < 3; i++) {
    await trainer.step(tinyImages(4));
    const kernel = trainer.discriminator.getLayer('wide').trainableWeights[0]?.read();
    expect(Math.min(...((await kernel?.data()) ?? [-1]))).toBeGreaterThanOrEqual(0);
  }
});

test('a penalty of interval n runs on steps 0, n, 2n and counts n times', async () => {
  const calls: number[] = [];
  const run = async (interval: number, weight: number) => {
    calls.length = 0;
    const counted: PenaltyTerm = {
      name: 'counted',
      weight,
      interval,
      configuration: {},
      evaluate: ({ step, discriminate, real }) => {
        calls.push(step);
        return tf.mean<tf.Scalar>(tf.square(discriminate(real)));
      },
    };
    const optimizers = { generator: still, discriminator: sgd({ learningRate: 1e-3 }) };
    const trainer = tinyTrainer({ penalties: [counted], optimizers, loss: wasserstein() });
    await trainer.step(tinyImages(4));
    return { trainer, bytes: await bytesOf(trainer.discriminator) };
  };
  const once = await run(1, 6);
  const lazy = await run(3, 2);
  expect(lazy.bytes).toEqual(once.bytes);
  for (let i = 0; i < 6; i++) await lazy.trainer.step(tinyImages(4));
  // The first is the rehearsal before step 1.
  expect(calls).toEqual([0, 0, 3, 6]);
});

test('the penalty is part of D’s one update, and an update of its own when asked for', async () => {
  for (const [penaltyUpdate, updates] of [
    ['joint', 4],
    ['separate', 6],
  ] as const) {
    const trainer = tinyTrainer({ penaltyUpdate, penalties: [zeroCentred({ at: 'fake', interval: 2 })] });
    for (let i = 0; i < 4; i++) await trainer.step(tinyImages(4));
    const { optimizers } = await trainer.restore(await trainer.checkpoint());
    expect(optimizers.discriminator.updates).toBe(updates);
    expect(optimizers.generator.updates).toBe(4);
  }
});

test('several penalties are reported one by one and in sum', async () => {
  const trainer = tinyTrainer({ penalties: [zeroCentred({ at: 'real' }), zeroCentred({ at: 'fake' })] });
  const log = await trainer.step(tinyImages(4));
  const sum = (log['penalty/zeroCentred(real)'] ?? 0) + (log['penalty/zeroCentred(fake)'] ?? 0);
  expect(log.penalty).toBeCloseTo(sum, 6);
  expect(log.penalty_evaluated).toBe(2);
});

test('G sees the updated D on the latents of D’s update', async () => {
  const run = async (generatorLatents: 'same' | 'fresh') => {
    let draws = 0;
    const trainer = tinyTrainer({
      discriminator: normalizedDiscriminator(),
      generatorLatents,
      latents: (batch, stream) => {
        draws++;
        return tinyLatents(batch, stream);
      },
      loss: wasserstein(),
      penalties: [],
      optimizers: { generator: still, discriminator: still },
    });
    const log = await trainer.step(tinyImages(4));
    return { log, draws };
  };
  const same = await run('same');
  expect(same.draws).toBe(1);
  // Nothing was updated, so that G's -E f is D's E f exactly.
  expect(same.log.g_loss).toBe(-(same.log.d_fake ?? 0));
  const fresh = await run('fresh');
  expect(fresh.draws).toBe(2);
  expect(fresh.log.g_loss).not.toBe(-(fresh.log.d_fake ?? 0));
});

test('generatorInterval n updates G after every n-th update of D', async () => {
  const trainer = tinyTrainer({ generatorInterval: 3 });
  const due = [];
  for (let i = 0; i < 6; i++) due.push('g_loss' in (await trainer.step(tinyImages(4))));
  expect(due).toEqual([false, false, true, false, false, true]);
});

test('the average counts G’s own updates', async () => {
  const trainer = tinyTrainer({ generatorInterval: 2 });
  for (let i = 0; i < 5; i++) await trainer.step(tinyImages(4));
  expect((await trainer.restore(await trainer.checkpoint())).ema?.updates).toBe(2);
});

test('a weight that an update does not depend on stays, though it takes part', async () => {
  const trainer = tinyTrainer({
    loss: flat,
    penalties: [zeroCentred({ at: 'real' })],
    penaltyUpdate: 'separate',
    optimizers: { generator: still, discriminator: moving },
  });
  const before = await bytesOf(trainer.discriminator);
  await trainer.step(tinyImages(4));
  const after = await bytesOf(trainer.discriminator);
  // The gradient of D does not depend on D's last bias.
  expect(after['logit/bias']).toBe(before['logit/bias']);
  expect(after['logit/kernel']).not.toBe(before['logit/kernel']);
});

test('G’s regularisation counts G’s own updates', async () => {
  const trainer = tinyTrainer({ generatorInterval: 2, regularizationInterval: 2 });
  const due = [];
  for (let i = 0; i < 6; i++) due.push('g_regularization' in (await trainer.step(tinyImages(4))));
  expect(due).toEqual([false, true, false, false, false, true]);
});

test('learning goes where it should: D tells bright from dark', async () => {
  const optimizers = { generator: still, discriminator: adam({ learningRate: 1e-2 }) };
  const trainer = tinyTrainer({ optimizers, penalties: [], loss: clippedHinge() });
  const first = await trainer.step(tinyImages(8));
  let last = first;
  for (let i = 0; i < 60; i++) last = await trainer.step(tinyImages(8));
  expect(last.d_loss).toBeLessThan(0.5 * (first.d_loss ?? 0));
});

test.each(['penalty', 'loss', 'latents'])('a %s that throws half way leaves no tensor', async (what) => {
  let broken = '';
  const may = <T>(name: string, value: T): T => {
    if (broken === name) throw new Error(`no ${name}`);
    return value;
  };
  const penalty = zeroCentred({ at: 'real' });
  const trainer = tinyTrainer({
    penalties: [{ ...penalty, evaluate: (context) => may('penalty', penalty.evaluate(context)) }],
    loss: { ...nonSaturating(), generator: (fake) => may('loss', nonSaturating().generator(fake)) },
    generatorLatents: 'fresh',
    latents: (batch, stream) => may('latents', tinyLatents(batch, stream)),
  });
  const images = tinyImages(4);
  await trainer.step(images);
  const bytes = await trainer.checkpoint();
  const before = tf.memory().numTensors;
  broken = what;
  await expect(trainer.step(images)).rejects.toThrow(`no ${what}`);
  expect(tf.memory().numTensors).toBe(before);
  broken = '';
  await trainer.restore(bytes);
  expect((await trainer.step(images)).step).toBe(2);
});

test('disposing frees everything but the two models', async () => {
  const generator = tinyGenerator();
  const discriminator = tinyDiscriminator();
  const images = tinyImages(4);
  const before = tf.memory().numTensors;
  const trainer = tinyTrainer({ generator, discriminator });
  await trainer.step(images);
  trainer.dispose();
  expect(tf.memory().numTensors).toBe(before);
});

/** No adversarial gradient at all, though connected. */
const flat = {
  name: 'flat',
  discriminator: (real: tf.Tensor, fake: tf.Tensor) => ({
    real: tf.mul<tf.Scalar>(0, tf.mean(real)),
    fake: tf.mul<tf.Scalar>(0, tf.mean(fake)),
  }),
  generator: (fake: tf.Tensor) => tf.mul<tf.Scalar>(0, tf.mean(fake)),
};

/** `0.5 sum w^2` as its only regularisation. */
function linearGenerator(): tfl.LayersModel {
  const linear = tfl.layers.dense({
    units: 16,
    inputShape: [1],
    name: 'linear',
    kernelRegularizer: tfl.regularizers.l2({ l2: 0.5 }),
  });
  return tfl.sequential({ layers: [linear, tfl.layers.reshape({ targetShape: [4, 4, 1] })] });
}

function normalizedDiscriminator(): tfl.LayersModel {
  return tfl.sequential({
    layers: [
      tfl.layers.flatten({ inputShape: [4, 4, 1], name: 'flat' }),
      tfl.layers.dense({
        units: 5,
        name: 'hidden',
        kernelInitializer: tfl.initializers.glorotNormal({ seed: 4 }),
      }),
      tfl.layers.batchNormalization({ name: 'd_normal' }),
      tfl.layers.dense({
        units: 1,
        name: 'logit',
        kernelInitializer: tfl.initializers.glorotNormal({ seed: 5 }),
      }),
    ],
  });
}
