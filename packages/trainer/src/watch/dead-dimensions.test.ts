import '@tensorflow/tfjs-backend-cpu';
import { seededStream } from '@eigengan/core';
import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import { beforeAll, expect, test } from 'vitest';
import { adam, deadDimensions, sgd } from '../index';
import { tinyLatents, tinyLoader, tinyTrainer } from '../testing/tiny-gan';

beforeAll(() => tf.setBackend('cpu'));

/** `noise` and `z_0`, each through a dense layer of its own; that of `z_0` may be pulled to zero. */
function branches(weight: number): tfl.LayersModel {
  const kernelInitializer = tfl.initializers.glorotNormal({ seed: 1 });
  const noise = tfl.input({ shape: [3], name: 'noise' });
  const z = tfl.input({ shape: [2], name: 'z_0' });
  const kernelRegularizer = tfl.regularizers.l2({ l2: weight });
  const parts = [
    tfl.layers.dense({ units: 16, kernelInitializer }).apply(noise),
    tfl.layers.dense({ units: 16, kernelInitializer, kernelRegularizer }).apply(z),
  ];
  const sum = tfl.layers.add().apply(parts.filter((part) => part instanceof tfl.SymbolicTensor));
  const images = tfl.layers.reshape({ targetShape: [4, 4, 1] }).apply(sum);
  if (!(images instanceof tfl.SymbolicTensor)) throw new Error('symbolic');
  return tfl.model({ inputs: [noise, z], outputs: images });
}

function trainerOf(generator: tfl.LayersModel, learningRate: number) {
  return tinyTrainer({
    generator,
    penalties: [],
    optimizers: { generator: sgd({ learningRate }), discriminator: adam({ learningRate: 2e-3 }) },
  });
}

const watch = [deadDimensions({ every: 10 })];

test('dimensions that training killed are told of by name, once', async () => {
  const { events } = await trainerOf(branches(5), 0.05).fit(tinyLoader(), { steps: 30, watch });
  expect(events).toHaveLength(1);
  expect(events[0]).toMatchObject({ kind: 'dead-dimensions', step: 10, about: ['z_0/0', 'z_0/1'] });
  const { variance, ...shares } = events[0]?.numbers ?? {};
  expect(Object.keys(shares)).toEqual(['z_0/0', 'z_0/1']);
  for (const share of Object.values(shares)) expect(share).toBeLessThan(0.001);
  expect(variance).toBeGreaterThan(0.01);
});

test('dimensions that live are left alone', async () => {
  const { events } = await trainerOf(branches(0), 0.05).fit(tinyLoader(), { steps: 30, watch });
  expect(events).toEqual([]);
});

test('in a linear generator a share is the squared length of the coordinate’s row over the variance', async () => {
  const kernelInitializer = tfl.initializers.glorotNormal({ seed: 1 });
  const generator = tfl.sequential({
    layers: [
      tfl.layers.inputLayer({ inputShape: [3], name: 'z' }),
      tfl.layers.dense({ units: 16, kernelInitializer }),
      tfl.layers.reshape({ targetShape: [4, 4, 1] }),
    ],
  });
  const latents = (count: number, stream: Parameters<typeof tinyLatents>[1]) => {
    const [first, second] = tinyLatents(count, stream);
    second?.dispose();
    return first === undefined ? [] : [first];
  };
  const trainer = tinyTrainer({ generator, latents });
  const watch = [deadDimensions({ every: 1, samples: 8, below: 2 })];
  const { events } = await trainer.fit(tinyLoader(), { steps: 1, watch });
  const kernel = await generator.weights[0]?.read().data();
  const [z] = latents(8, seededStream(7, 'watch'));
  const drawn = await z?.data();
  if (kernel === undefined || drawn === undefined) throw new Error('a kernel and latents');
  // Of each value: the variance over the eight latents.
  const values = Array.from({ length: 16 }, (_, unit) =>
    Array.from({ length: 8 }, (_, i) =>
      [0, 1, 2].reduce((sum, j) => sum + (drawn[3 * i + j] ?? 0) * (kernel[16 * j + unit] ?? 0), 0),
    ),
  );
  const mean = (of: readonly number[]) => of.reduce((sum, value) => sum + value) / of.length;
  const variance = mean(values.map((of) => mean(of.map((value) => (value - mean(of)) ** 2))));
  const shares = [0, 1, 2].map(
    (j) => mean([...kernel.slice(16 * j, 16 * j + 16)].map((w) => w * w)) / variance,
  );
  const numbers = events[0]?.numbers ?? {};
  expect(numbers.variance).toBeCloseTo(variance, 5);
  expect(['z/0', 'z/1', 'z/2'].map((name) => numbers[name])).toEqual(
    shares.map((share) => expect.closeTo(share, 4)),
  );
});

test('of images that are all the same every dimension is dead', async () => {
  const generator = branches(0);
  for (const weight of generator.weights) weight.write(tf.zeros(weight.shape.map(Number)));
  const { events } = await trainerOf(generator, 0).fit(tinyLoader(), { steps: 10, watch });
  expect(events[0]?.about).toEqual(['noise/0', 'noise/1', 'noise/2', 'z_0/0', 'z_0/1']);
});

test('wide inputs are left out unless they are named; what cannot be looked at is refused', async () => {
  const z = tfl.input({ shape: [33], name: 'z' });
  const images = tfl.layers
    .reshape({ targetShape: [4, 4, 1] })
    .apply(tfl.layers.dense({ units: 16 }).apply(z));
  if (!(images instanceof tfl.SymbolicTensor)) throw new Error('symbolic');
  const trainer = tinyTrainer({
    generator: tfl.model({ inputs: z, outputs: images }),
    latents: (count) => [tf.ones([count, 33])],
  });
  const before = tf.memory().numTensors;
  const fit = (inputs?: string[]) =>
    trainer.fit(tinyLoader(), {
      steps: 1,
      watch: [deadDimensions({ inputs, every: 1, samples: 2, below: 1e9 })],
    });
  await expect(fit()).rejects.toThrow(
    'dead-dimensions: inputs: name those to look at: none has 1 to 32 coordinates, got ["z (33 coordinates)"]',
  );
  await expect(fit(['z_0'])).rejects.toThrow(
    'dead-dimensions: inputs: must be among the generator\'s, z (33 coordinates), got "z_0"',
  );
  expect(trainer.stepCount).toBe(0);
  expect(tf.memory().numTensors).toBe(before);
  expect((await fit(['z'])).events[0]?.about).toHaveLength(33);
});
