import { useBackend } from '@eigengan/backends';
import { updateKernels } from '@eigengan/core';
import { createDiscriminator, createGenerator, latentSampler } from '@eigengan/eigengan-model';
import { adam, nonSaturating, Trainer } from '@eigengan/trainer';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, expect, it } from 'vitest';

beforeAll(() => useBackend('wasm'));

const trainerOf = (beta1: number) => {
  const generator = createGenerator({ size: 8, width: 0.05, ranks: 2, noise: 4 });
  const optimizer = adam({ learningRate: 1e-2, beta1, beta2: 0.99 });
  return new Trainer({
    generator,
    discriminator: createDiscriminator({ size: 8, width: 0.05 }),
    latents: latentSampler(generator),
    loss: nonSaturating(),
    optimizers: { generator: optimizer, discriminator: optimizer },
    ema: { decay: 0.9 },
    seed: 3,
  });
};

/** Three steps, and what a checkpoint taken before the last one and the end hold. */
async function train(beta1: number): Promise<Buffer[]> {
  const trainer = trainerOf(beta1);
  const images = tf.randomUniform([4, 8, 8, 3], -1, 1, 'float32', 7);
  for (let step = 0; step < 2; step++) await trainer.step(images);
  const early = trainer.checkpoint();
  await trainer.step(images);
  const states = [await early, await trainer.checkpoint()].map((bytes) => Buffer.from(bytes));
  trainer.dispose();
  tf.dispose(images);
  return states;
}

it.each([0, 0.5])(
  'one pass over each weight trains with the bits of the formulas, beta1 %j',
  async (beta1) => {
    const onePass = await train(beta1);
    const kernels = Object.values(updateKernels).map((name) => tf.getKernel(name, 'wasm'));
    for (const { kernelName } of kernels) tf.unregisterKernel(kernelName, 'wasm');
    const composed = await train(beta1).finally(() => {
      for (const kernel of kernels) tf.registerKernel(kernel);
    });
    expect(onePass.map((state, i) => composed[i]?.equals(state))).toEqual([true, true]);
    expect(onePass[0]?.equals(onePass[1] ?? Buffer.of())).toBe(false);
  },
);

it('a copy of a weight stays what it was when training goes on', async () => {
  const trainer = trainerOf(0);
  const images = tf.randomUniform([4, 8, 8, 3], -1, 1, 'float32', 7);
  await trainer.step(images);
  const weights = [trainer.generator, trainer.discriminator, trainer.emaGenerator].flatMap(
    (model) => model.weights,
  );
  const copies = weights.map((weight) => tf.clone(weight.read()));
  const before = copies.map((copy) => [...copy.dataSync()]);
  const count = tf.memory().numTensors;
  await trainer.step(images);
  expect(tf.memory().numTensors).toBe(count);
  expect(copies.map((copy) => [...copy.dataSync()])).toEqual(before);
  trainer.dispose();
  tf.dispose([copies, images]);
});
