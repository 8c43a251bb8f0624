import { createDiscriminator, createGenerator, latentSampler, type Preset } from '@eigengan/eigengan-model';
import { adam, nonSaturating, type TrainerOptions, zeroCentred } from '@eigengan/trainer';

/** Of the penalty R1, in steps. */
export const penaltyInterval = 4;

/** The training that is measured: non-saturating loss, R1 on every fourth step, Adam, moving average. */
export function trainingOptions(preset: Preset): TrainerOptions {
  const generator = createGenerator({ ...preset.generator, seed: 1 });
  const discriminator = createDiscriminator({ ...preset.discriminator, seed: 1 });
  const rate = { learningRate: 4e-4, beta1: 0, beta2: 0.99 };
  return {
    generator,
    discriminator,
    latents: latentSampler(generator),
    loss: nonSaturating(),
    penalties: [zeroCentred({ at: 'real', weight: 1, interval: penaltyInterval })],
    optimizers: { generator: adam(rate), discriminator: adam(rate) },
    ema: { decay: 0.995 },
    seed: 1,
  };
}
