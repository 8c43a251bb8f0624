import { createInterface } from 'node:readline';
import { useBackend } from '@eigengan/backends';
import { createDiscriminator, createGenerator, latentSampler } from '@eigengan/eigengan-model';
import { adam, nonSaturating, Trainer, zeroCentred } from '@eigengan/trainer';
import * as tf from '@tensorflow/tfjs-core';

// The peer of bench/peers/step.py: reads a count per line, answers with the milliseconds of so many steps.
const size = 32;
const batch = 32;
const report = await useBackend('wasm');
const generator = createGenerator({ size, width: 0.5, ranks: 6, noise: 64, seed: 1 });
const discriminator = createDiscriminator({ size, width: 0.5, denseWidth: 128, seed: 1 });
const trainer = new Trainer({
  generator,
  discriminator,
  latents: latentSampler(generator),
  loss: nonSaturating(),
  penalties: [zeroCentred({ at: 'real', weight: 1, interval: 4 })],
  optimizers: {
    generator: adam({ learningRate: 4e-4, beta1: 0, beta2: 0.99 }),
    discriminator: adam({ learningRate: 4e-4, beta1: 0, beta2: 0.99 }),
  },
  ema: { decay: 0.995 },
  seed: 1,
});
const real = tf.randomUniform([batch, size, size, 3], -1, 1, 'float32', 1);

const answer = (value: object) => process.stdout.write(`${JSON.stringify(value)}\n`);
answer({
  ready: `tfjs ${report.backend} ${report.version}, ${report.threads} thread(s)`,
  parameters: generator.countParams() + discriminator.countParams(),
});
for await (const line of createInterface({ input: process.stdin })) {
  const milliseconds: number[] = [];
  for (let i = 0; i < Number(line); i++) {
    const start = performance.now();
    await trainer.step(real);
    milliseconds.push(performance.now() - start);
  }
  answer({ milliseconds });
}
