import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { useBackend } from '@eigengan/backends';
import { modelFolder } from '@eigengan/core/node';
import { loader, portraits } from '@eigengan/datasets';
import { latentSampler, saveGenerator } from '@eigengan/eigengan-model';
import { adam, linearDecay, nonSaturating, resumeFrom, Trainer, zeroCentred } from '@eigengan/trainer';
import { fileStore, jsonlLog } from '@eigengan/trainer/node';
import { createNetworks } from './networks';
import { readOptions } from './options';
import { report } from './report';

const { steps, backend, threads, out } = readOptions(process.argv.slice(2));
await mkdir(out, { recursive: true });
// First of all: models are made on the backend in use.
await useBackend(backend, { threads });

const batches = loader(portraits({ size: 64, seed: 1, length: 50_000 }), { batch: 16, seed: 1 });
const { generator, discriminator } = createNetworks();
// The last half is what makes the pictures clean.
const falling = (initial: number) =>
  linearDecay({ initial, final: initial / 20, start: Math.round(steps / 2), end: steps });
const trainer = new Trainer({
  generator,
  discriminator,
  latents: latentSampler(generator),
  loss: nonSaturating(),
  penalties: [zeroCentred({ at: 'real', weight: 2, interval: 4 })],
  optimizers: {
    generator: adam({ learningRate: falling(4e-4), beta1: 0, beta2: 0.99 }),
    discriminator: adam({ learningRate: falling(6e-4), beta1: 0, beta2: 0.99 }),
  },
  ema: { decay: 0.998 },
  seed: 1,
});

const store = fileStore(join(out, 'checkpoints'));
await resumeFrom(trainer, store, batches);
const started = { step: trainer.stepCount, at: performance.now() };

await trainer.fit(batches, {
  steps,
  checkpoint: { every: 500, store, keepLast: 2 },
  callbacks: [
    jsonlLog(join(out, 'log.jsonl')),
    {
      onBatchEnd: async (_, { d_loss, g_loss }) => {
        const step = trainer.stepCount;
        if (step % 50 === 0) {
          const pace = (performance.now() - started.at) / (step - started.step);
          const minutes = ((steps - step) * pace) / 60_000;
          const losses = `D ${d_loss?.toFixed(3)} G ${g_loss?.toFixed(3)}`;
          console.log(`step ${step}/${steps} · ${losses} · ${minutes.toFixed(0)} min left`);
        }
        if (step % 500 === 0 && step < steps) await report(trainer.emaGenerator, step, out);
      },
    },
  ],
});

await saveGenerator(trainer.emaGenerator, modelFolder(join(out, 'model')));
await report(trainer.emaGenerator, trainer.stepCount, out);
