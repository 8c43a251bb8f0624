import { loader, portraits } from '@eigengan/datasets';
import { createDiscriminator, createGenerator, latentSampler } from '@eigengan/eigengan-model';
import { adam, nonSaturating, Trainer } from '@eigengan/trainer';

/** An EigenGAN of one block, with as few kernels to compile as can be: no penalty, no moving average. */
export function tinyRun() {
  const size = 8;
  const generator = createGenerator({ size, width: 0.0625, ranks: 2, noise: 0, seed: 1 });
  const discriminator = createDiscriminator({ size, width: 0.0625, denseWidth: 4, seed: 1 });
  const trainer = new Trainer({
    generator,
    discriminator,
    latents: latentSampler(generator),
    loss: nonSaturating(),
    optimizers: { generator: adam({ learningRate: 1e-3 }), discriminator: adam({ learningRate: 1e-3 }) },
    seed: 1,
  });
  return {
    trainer,
    batches: loader(portraits({ size, length: 64 }), { batch: 4, seed: 1 }),
    dispose() {
      trainer.dispose();
      generator.dispose();
      discriminator.dispose();
    },
  };
}
