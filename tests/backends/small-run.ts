import { loader, portraits } from '@eigengan/datasets';
import { createDiscriminator, createGenerator, latentSampler } from '@eigengan/eigengan-model';
import { adam, nonSaturating, Trainer, zeroCentred } from '@eigengan/trainer';

/** The demo's training on 16 px portraits with networks so small that a step takes milliseconds. */
export function smallRun({ seed = 1, batch = 4, width = 1 / 8 } = {}) {
  const size = 16;
  const generator = createGenerator({ size, width, ranks: 3, noise: 0, basis: 'smooth', seed });
  const discriminator = createDiscriminator({ size, width, denseWidth: 16, seed });
  const trainer = new Trainer({
    generator,
    discriminator,
    latents: latentSampler(generator),
    loss: nonSaturating(),
    penalties: [zeroCentred({ at: 'real', weight: 1, interval: 4 })],
    optimizers: {
      generator: adam({ learningRate: 1e-3, beta1: 0, beta2: 0.99 }),
      discriminator: adam({ learningRate: 1e-3, beta1: 0, beta2: 0.99 }),
    },
    ema: { decay: 0.99 },
    seed,
  });
  const batches = loader(portraits({ size, length: 64 }), { batch, seed });
  return {
    trainer,
    batches,
    dispose() {
      trainer.dispose();
      generator.dispose();
      discriminator.dispose();
    },
  };
}
