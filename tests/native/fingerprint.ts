import { createHash } from 'node:crypto';
import { useBackend } from '@eigengan/backends';
import { createDiscriminator, createGenerator, latentSampler } from '@eigengan/eigengan-model';
import { adam, nonSaturating, Trainer, zeroCentred } from '@eigengan/trainer';
import * as tf from '@tensorflow/tfjs-core';

// Trains a few steps on tensorflow and prints a hash of every weight: for comparing processes.
await useBackend('tensorflow', { selfTest: false });
const generator = createGenerator({ size: 16, width: 0.25, noise: 8, ranks: 3, seed: 1 });
const trainer = new Trainer({
  generator,
  discriminator: createDiscriminator({ size: 16, width: 0.25, denseWidth: 32, seed: 1 }),
  latents: latentSampler(generator),
  loss: nonSaturating(),
  penalties: [zeroCentred({ at: 'real', weight: 2, interval: 2 })],
  optimizers: { generator: adam({ learningRate: 1e-3 }), discriminator: adam({ learningRate: 1e-3 }) },
  seed: 1,
});
const images = tf.reshape(tf.sin(tf.range(0, 16 * 16 * 16 * 3)), [16, 16, 16, 3]);
for (let step = 0; step < 5; step++) await trainer.step(images);
console.log(
  createHash('sha256')
    .update(await trainer.checkpoint())
    .digest('hex'),
);
