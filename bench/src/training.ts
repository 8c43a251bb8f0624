import {
  createDiscriminator,
  createGenerator,
  type DiscriminatorOptions,
  type GeneratorOptions,
  latentSampler,
} from '@eigengan/eigengan-model';
import { adam, nonSaturating, Trainer, zeroCentred } from '@eigengan/trainer';

/** The training that is measured: non-saturating loss, R1 on every fourth step, Adam, moving average. */
export function createTraining(options: {
  generator: GeneratorOptions;
  discriminator: DiscriminatorOptions;
}): Trainer {
  const generator = createGenerator({ ...options.generator, seed: 1 });
  const discriminator = createDiscriminator({ ...options.discriminator, seed: 1 });
  const rate = { learningRate: 4e-4, beta1: 0, beta2: 0.99 };
  return new Trainer({
    generator,
    discriminator,
    latents: latentSampler(generator),
    loss: nonSaturating(),
    penalties: [zeroCentred({ at: 'real', weight: 1, interval: 4 })],
    optimizers: { generator: adam(rate), discriminator: adam(rate) },
    ema: { decay: 0.995 },
    seed: 1,
  });
}
