import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { trainingSupport, useBackend } from '@eigengan/backends';
import { createDiscriminator, createGenerator, GeneratorRenderer } from '@eigengan/eigengan-model';
import * as tf from '@tensorflow/tfjs-core';
import { expect, test } from 'vitest';
import { describeNative } from './describe-native';

await describeNative('training on tensorflow', () => {
  test('supports everything that an EigenGAN needs', async () => {
    await useBackend('tensorflow');
    const generator = createGenerator({ size: 16, width: 0.25, noise: 8, ranks: 3, seed: 1 });
    const discriminator = createDiscriminator({ size: 16, width: 0.25, denseWidth: 32, seed: 1 });
    const tensors = tf.memory().numTensors;
    expect(await trainingSupport(generator, discriminator)).toEqual({
      backend: 'tensorflow',
      supported: true,
      floatPrecision: 32,
      missing: [],
      failed: [],
    });
    expect(tf.memory().numTensors).toBe(tensors);
  });

  test('samples with GeneratorRenderer what the model predicts, again with other latents and weights', async () => {
    await useBackend('tensorflow');
    const generator = createGenerator({ size: 16, width: 0.25, noise: 8, ranks: 3, seed: 1 });
    const renderer = new GeneratorRenderer(generator);
    for (let round = 0; round < 3; round++) {
      tf.tidy(() => {
        const latents = generator.inputs.map(({ shape }) => tf.randomNormal([5, Number(shape[1])]));
        const expected = generator.predict(latents) as tf.Tensor;
        const difference = tf.max(tf.abs(tf.sub(renderer.render(latents), expected)));
        expect(difference.dataSync()[0]).toBeLessThan(1e-5);
        for (const weight of generator.trainableWeights) weight.write(tf.mul(weight.read(), 1.01));
      });
    }
    renderer.dispose();
    generator.dispose();
  });

  test('gives the same bits in two processes', async () => {
    const worker = fileURLToPath(new URL('fingerprint.ts', import.meta.url));
    const run = async () =>
      (await promisify(execFile)(process.execPath, ['--import', 'tsx', worker])).stdout.trim();
    const first = await run();
    expect(first).toMatch(/^[0-9a-f]{64}$/);
    expect(await run()).toBe(first);
  }, 240_000);
});
