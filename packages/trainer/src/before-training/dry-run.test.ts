import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type PenaltyTerm, zeroCentred } from '../index';
import { bytesOf, tinyDiscriminator, tinyImages, tinyTrainer } from '../testing/tiny-gan';

beforeEach(() => tf.setBackend('cpu'));
afterEach(() => tf.setBackend('cpu'));

function dense(name: string, activation: 'tanh' | 'relu' | 'linear', units = 4) {
  const kernelInitializer = tfl.initializers.glorotNormal({ seed: 1 });
  return tfl.layers.dense({ name, units, activation, kernelInitializer });
}

function stack(...layers: tfl.layers.Layer[]): tfl.LayersModel {
  return tfl.sequential({
    layers: [
      tfl.layers.flatten({ inputShape: [4, 4, 1], name: 'flat' }),
      ...layers,
      dense('logit', 'linear', 1),
    ],
  });
}

test('a layer without a second-order gradient is named before step 1, with the way out', async () => {
  const discriminator = stack(dense('hidden', 'linear'), tfl.layers.leakyReLU({ name: 'leaky' }));
  const trainer = tinyTrainer({ discriminator });
  await expect(trainer.step(tinyImages(4))).rejects.toThrow(
    /the penalty zeroCentred\(real\) of the discriminator's loss must have a gradient on the backend cpu, got an error in layer leaky \(LeakyReLU\): .*Greater.*repairGradients\(\)/,
  );
});

test('also when the penalty is not due on the first step', async () => {
  const discriminator = stack(dense('hidden', 'linear'), tfl.layers.leakyReLU({ name: 'leaky' }));
  const penalties = [zeroCentred({ at: 'fake', interval: 16 })];
  await expect(tinyTrainer({ discriminator, penalties }).step(tinyImages(4))).rejects.toThrow('layer leaky');
});

test('a kernel that the backend lacks is named with the layer', async () => {
  await tf.setBackend('wasm');
  const trainer = tinyTrainer({ discriminator: tinyDiscriminator(), penalties: [] });
  await expect(trainer.step(tinyImages(4))).rejects.toThrow(
    /the adversarial term \(nonSaturating\) of the discriminator's loss must have a gradient on the backend wasm, got an error in layer first \(Conv2D\), layer wide \(Conv2D\): .*Conv2DBackpropFilter.*useBackend\(\)/,
  );
});

test('an activation whose second-order gradient is silently wrong is named', async () => {
  const trainer = tinyTrainer({ discriminator: stack(dense('bent', 'tanh'), dense('fine', 'relu')) });
  await expect(trainer.step(tinyImages(4))).rejects.toThrow(
    /right second-order gradients, got wrong ones on the backend cpu in layer bent \(Dense, off by \d+ %\)\. Call repairGradients\(\)/,
  );
  const without = tinyTrainer({ discriminator: stack(dense('bent', 'tanh')), penalties: [] });
  expect((await without.step(tinyImages(4))).step).toBe(1);
});

test('an activation that cannot be differentiated twice is fine where no penalty needs it', async () => {
  const discriminator = stack(dense('hidden', 'linear'), tfl.layers.leakyReLU({ name: 'leaky' }));
  const drift: PenaltyTerm = {
    name: 'drift',
    weight: 1e-3,
    interval: 1,
    configuration: {},
    evaluate: ({ discriminate, real }) => tf.mean<tf.Scalar>(tf.square(discriminate(real))),
  };
  const trainer = tinyTrainer({ discriminator, penalties: [drift] });
  const images = tinyImages(4);
  const before = tf.memory().numTensors;
  expect((await trainer.step(images)).step).toBe(1);
  expect(tf.memory().numTensors).toBe(before);
});

test('a layer that the loss does not reach is named', async () => {
  const input = tfl.input({ shape: [4, 4, 1] });
  const flat = tfl.layers.flatten().apply(input);
  const dead = dense('dead', 'linear', 4).apply(flat);
  const cut = tfl.layers
    .dense({ name: 'cut', units: 4, kernelInitializer: 'zeros', trainable: false })
    .apply(dead);
  const logits = dense('logit', 'linear', 1).apply(cut);
  if (!(logits instanceof tfl.SymbolicTensor)) throw new Error('a symbolic tensor is expected');
  const connected = tinyTrainer({
    discriminator: tfl.model({ inputs: input, outputs: logits }),
    penalties: [],
  });
  // A zero gradient is a gradient.
  expect((await connected.step(tinyImages(4))).step).toBe(1);

  const loss = {
    name: 'real only',
    discriminator: () => ({ real: tf.scalar(0), fake: tf.scalar(0) }),
    generator: (fake: tf.Tensor) => tf.mean<tf.Scalar>(fake),
  };
  // The penalty alone does not reach the last bias.
  const penalties = [zeroCentred({ at: 'real' })];
  await expect(tinyTrainer({ loss, penalties }).step(tinyImages(4))).rejects.toThrow(
    'every trainable weight of the discriminator needs a gradient, got none for logit/bias (layer logit). Connect',
  );
});

test('the rehearsal changes nothing, random streams included, whether it fails or not', async () => {
  const discriminator = stack(
    dense('hidden', 'linear'),
    tfl.layers.batchNormalization({ name: 'd_normal' }),
    tfl.layers.leakyReLU({ name: 'leaky' }),
  );
  const trainer = tinyTrainer({ discriminator, penalties: [zeroCentred({ at: 'line' })] });
  const images = tinyImages(4);
  const state = async () => [await trainer.checkpoint(), await bytesOf(discriminator)];
  const before = await state();
  const tensors = tf.memory().numTensors;
  await expect(trainer.step(images)).rejects.toThrow('Trainer');
  expect(tf.memory().numTensors).toBe(tensors);
  expect(await state()).toEqual(before);
});

test('layers that draw random numbers are refused by name unless told otherwise', async () => {
  const discriminator = () =>
    stack(
      tfl.layers.dropout({ rate: 0.5, name: 'drop' }),
      tfl.layers.gaussianNoise({ stddev: 0.1, name: 'noisy' }),
      tfl.layers.dropout({ rate: 0.5, seed: 1, name: 'seeded' }),
      tfl.layers.dropout({ rate: 0, name: 'off' }),
    );
  expect(() => tinyTrainer({ discriminator: discriminator() })).toThrow(
    'layers must not draw random numbers of their own, got drop (Dropout), noisy (GaussianNoise). Use streamDropout() for Dropout, leave them out, or pass deterministic: false',
  );
  const trainer = tinyTrainer({ discriminator: discriminator(), deterministic: false, penalties: [] });
  expect((await trainer.step(tinyImages(4))).step).toBe(1);
});
