import { loader, portraits } from '@eigengan/datasets';
import { createDiscriminator, createGenerator, latentSampler, presets } from '@eigengan/eigengan-model';
import { adam, nonSaturating, Trainer, zeroCentred } from '@eigengan/trainer';

const batch = 4;
/** Every fourth step has a penalty. */
const cycle = 4;

/** At most; fewer where one takes long. */
const cycles = 5;
/** Milliseconds after which no further cycle begins. */
const enough = 60_000;
/** GPUs compile their kernels in the first steps. */
const warmUp = cycle;

/**
 * Milliseconds of a step of the preset `light32` at batch 4 on the current backend: the mean of a cycle, in
 * the fastest of up to five, which other programs disturb least.
 */
export async function stepTime(): Promise<number> {
  const generator = createGenerator(presets.light32.generator);
  const discriminator = createDiscriminator(presets.light32.discriminator);
  const trainer = new Trainer({
    generator,
    discriminator,
    latents: latentSampler(generator),
    loss: nonSaturating(),
    penalties: [zeroCentred({ at: 'real', weight: 1, interval: cycle })],
    optimizers: {
      generator: adam({ learningRate: 4e-4, beta1: 0, beta2: 0.99 }),
      discriminator: adam({ learningRate: 4e-4, beta1: 0, beta2: 0.99 }),
    },
    ema: { decay: 0.995 },
    seed: 0,
  });
  const times: number[] = [];
  const begun = performance.now();
  let start = 0;
  await trainer.fit(loader(portraits({ size: 32, length: 64 }), { batch, seed: 0 }), {
    steps: warmUp + cycles * cycle,
    callbacks: {
      onBatchBegin: () => {
        start = performance.now();
      },
      onBatchEnd: () => {
        const now = performance.now();
        times.push(now - start);
        const whole = times.length > warmUp && (times.length - warmUp) % cycle === 0;
        generator.stopTraining = whole && now - begun > enough;
      },
    },
  });
  trainer.dispose();
  generator.dispose();
  discriminator.dispose();
  const means = Array.from({ length: (times.length - warmUp) / cycle }, (_, i) => {
    const steps = times.slice(warmUp + i * cycle, warmUp + (i + 1) * cycle);
    return steps.reduce((sum, time) => sum + time, 0) / cycle;
  });
  return Math.min(...means);
}
