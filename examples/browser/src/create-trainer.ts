import { createDiscriminator, createGenerator, latentSampler, lightPreset } from '@eigengan/eigengan-model';
import { adam, nonSaturating, Trainer, zeroCentred } from '@eigengan/trainer';
import type { Settings } from './messages';

/** The two networks, with random weights, and what trains them. */
export function createTrainer({ size, width, seed }: Settings): Trainer {
  const preset = lightPreset({ size, width, seed });
  const generator = createGenerator(preset.generator);
  return new Trainer({
    generator,
    discriminator: createDiscriminator(preset.discriminator),
    latents: latentSampler(generator),
    loss: nonSaturating(),
    penalties: [zeroCentred({ at: 'real', weight: 2, interval: 4 })],
    optimizers: {
      generator: adam({ learningRate: 3e-4, beta1: 0, beta2: 0.99 }),
      discriminator: adam({ learningRate: 6e-4, beta1: 0, beta2: 0.99 }),
    },
    ema: { decay: 0.995 },
    seed,
  });
}
