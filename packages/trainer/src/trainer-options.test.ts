import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import { beforeAll, expect, test } from 'vitest';
import { adam, nonSaturating, Trainer, type TrainerOptions, zeroCentred } from './index';
import { tinyDiscriminator, tinyGenerator, tinyImages, tinyLatents, tinyTrainer } from './testing/tiny-gan';

beforeAll(() => tf.setBackend('cpu'));

test('wrong images, latents and models are refused with their shapes', async () => {
  const trainer = tinyTrainer();
  await expect(trainer.step(tf.zeros([2, 4, 4, 3]))).rejects.toThrow(
    'Trainer.step: images must be float32 [batch, 4, 4, 1], got "float32 [2, 4, 4, 3]"',
  );
  const wrong = tinyTrainer({ latents: (batch) => [tf.zeros([batch, 3])] });
  await expect(wrong.step(tinyImages(2))).rejects.toThrow(
    'Trainer: latents: must return [2, 3], [2, 2], got "[2, 3]"',
  );
  const colour = tfl.sequential({ layers: [tfl.layers.flatten({ inputShape: [8, 8, 3] })] });
  expect(() => tinyTrainer({ discriminator: colour })).toThrow(
    'Trainer: generator: its images must be [8, 8, 3], as the discriminator takes them, got [4, 4, 1]',
  );
  expect(() => tinyTrainer({ seed: -1 })).toThrow('Trainer: seed: must be an integer of at least 0, got -1');
  expect(() =>
    tinyTrainer({ penalties: [zeroCentred({ at: 'real' }), zeroCentred({ at: 'real' })] }),
  ).toThrow('each needs a name of its own, got "zeroCentred(real)"');
});

test('two weights of one role are refused by name', () => {
  const layer = (inputShape?: number[]) =>
    tfl.sequential({
      layers: [tfl.layers.dense({ units: 16, name: 'twin', inputShape: inputShape ?? [16] })],
    });
  const generator = tfl.sequential({
    layers: [layer([16]), layer(), tfl.layers.reshape({ targetShape: [4, 4, 1] })],
  });
  expect(() => tinyTrainer({ generator })).toThrow(
    'Trainer: generator: every weight needs a role of its own; name the layers apart, got "twin/kernel"',
  );
});

test('an option that is missing, or is something else, is named with what it must be', () => {
  const options: TrainerOptions = {
    generator: tinyGenerator(),
    discriminator: tinyDiscriminator(),
    latents: tinyLatents,
    loss: nonSaturating(),
    optimizers: { generator: adam(), discriminator: adam() },
    seed: 1,
  };
  const refused = (changes: Readonly<Record<string, unknown>>, message: string) =>
    expect(() => new Trainer(Object.assign({ ...options }, changes)), message).toThrow(message);
  refused({ generator: undefined }, 'Trainer: generator: must be a LayersModel');
  refused({ generator: null }, 'Trainer: generator: must be a LayersModel');
  refused({ discriminator: tfl.sequential() }, 'Trainer: discriminator: must have one input, got 0');
  refused({ latents: undefined }, 'Trainer: latents: must be a function (batch, stream) => tensors');
  refused(
    { loss: nonSaturating },
    'Trainer: loss: must be a loss, e.g. nonSaturating(), got function nonSat',
  );
  refused({ optimizers: undefined }, 'Trainer: optimizers.generator: must be an optimizer');
  refused(
    { optimizers: { generator: adam(), discriminator: tf.train.adam(1e-3) } },
    'Trainer: optimizers.discriminator: must be an optimizer, e.g. adam(), got an object of class AdamOptimizer',
  );
  refused({ penalties: zeroCentred({ at: 'real' }) }, 'Trainer: penalties: must be an array');
  refused({ penalties: [zeroCentred] }, 'Trainer: penalties: each must be a penalty');
  refused({ metrics: { one: 1 } }, 'Trainer: metric one: must be a function');
  refused({ seed: undefined }, 'Trainer: seed: must be an integer');
  expect(() => new Trainer(JSON.parse('null'))).toThrow('Trainer: needs its options, got null');
});

test('what is refused leaves no tensors', () => {
  const models = { generator: tinyGenerator(), discriminator: tinyDiscriminator() };
  const before = tf.memory().numTensors;
  expect(() => tinyTrainer({ ...models, ema: { decay: 1 } })).toThrow('Trainer: ema.decay');
  expect(() => tinyTrainer({ ...models, discriminator: twoOutputs() })).toThrow(
    'must have one output, got 2',
  );
  expect(tf.memory().numTensors).toBe(before);
});

test('images that are no tensor, or no longer one, are refused and spoil nothing', async () => {
  const trainer = tinyTrainer();
  await trainer.step(tinyImages(4));
  const batch = { images: tinyImages(4), index: Int32Array.of(0) };
  await expect(trainer.step(Object.create(batch))).rejects.toThrow("Of a loader's batch pass its images");
  batch.images.dispose();
  await expect(trainer.step(batch.images)).rejects.toThrow('got "a tensor that was disposed of"');
  expect((await trainer.step(tinyImages(4))).step).toBe(2);
});

test('latents that are no array are refused', async () => {
  const trainer = tinyTrainer({ latents: () => JSON.parse('0') });
  await expect(trainer.step(tinyImages(4))).rejects.toThrow(
    'Trainer: latents: must return an array of tensors',
  );
});

test('without an average the generator itself is the one to sample from', () => {
  const trainer = tinyTrainer({ ema: null });
  expect(trainer.emaGenerator).toBe(trainer.generator);
});

/** Without weights. */
function twoOutputs(): tfl.LayersModel {
  const images = tfl.input({ shape: [4, 4, 1] });
  const outputs = [1, 2].flatMap(() => tfl.layers.flatten().apply(images));
  return tfl.model({ inputs: images, outputs: outputs.filter((x) => x instanceof tfl.SymbolicTensor) });
}
