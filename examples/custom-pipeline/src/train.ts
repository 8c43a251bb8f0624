import { join } from 'node:path';
import { loader } from '@eigengan/datasets';
import {
  adam,
  describePlan,
  nonSaturating,
  Trainer,
  type TrainerOptions,
  zeroCentred,
} from '@eigengan/trainer';
import { jsonlLog, saveTo } from '@eigengan/trainer/node';
import * as tf from '@tensorflow/tfjs-core';
import { createDiscriminator } from './dcgan';
import { flowers } from './flowers';
import type { Options } from './options';

const [seed, batch] = [1, 32];

/** Trains a generator on flowers, whatever its latents; `emaGenerator` of what it gives is to sample from. */
export async function train(
  { generator, latents }: Pick<TrainerOptions, 'generator' | 'latents'>,
  { steps, out }: Options,
): Promise<Trainer> {
  const trainer = new Trainer({
    generator,
    latents,
    discriminator: createDiscriminator(seed + 100),
    loss: nonSaturating(),
    penalties: [zeroCentred({ at: 'real', weight: 2, interval: 4 })],
    optimizers: {
      generator: adam({ learningRate: 5e-4, beta1: 0.5 }),
      discriminator: adam({ learningRate: 5e-4, beta1: 0.5 }),
    },
    ema: { decay: 0.99 },
    seed,
  });
  console.log(describePlan(await trainer.plan(tf.zeros([batch, 32, 32, 3]))));
  await trainer.fit(loader(flowers(), { batch, seed }), {
    steps,
    checkpoint: { every: 200, save: saveTo(join(out, 'checkpoint.safetensors')) },
    callbacks: [
      jsonlLog(join(out, 'log.jsonl')),
      {
        onBatchEnd(_, { step = 0, d_loss = 0, g_loss = 0 }) {
          if (step % 50 !== 0 && step !== steps) return;
          console.log(`step ${step}: d_loss ${d_loss.toFixed(3)}, g_loss ${g_loss.toFixed(3)}`);
        },
        onEvent: ({ message }) => console.warn(message),
      },
    ],
  });
  return trainer;
}
