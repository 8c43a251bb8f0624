import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { useBackend } from '@eigengan/backends';
import { seededStream } from '@eigengan/core';
import { loader, portraits } from '@eigengan/datasets';
import {
  createDiscriminator,
  createGenerator,
  dimensionActivity,
  latentSampler,
  lightPreset,
  sampleLatents,
  traversals,
} from '@eigengan/eigengan-model';
import { adam, nonSaturating, Trainer, zeroCentred } from '@eigengan/trainer';
import { saveTo } from '@eigengan/trainer/node';
import { encodePng, sampleGrid, traversalSheet } from '@eigengan/viz';
import * as tf from '@tensorflow/tfjs-core';

const { values: given } = parseArgs({
  options: {
    steps: { type: 'string', default: '600' },
    width: { type: 'string', default: '0.5' },
    batch: { type: 'string', default: '16' },
    out: { type: 'string', default: 'runs/node-webgpu' },
  },
});
const steps = Number(given.steps);
await mkdir(given.out, { recursive: true });
const file = (name: string) => join(given.out, name);

const report = await useBackend('webgpu');
const { backend, version, device, software, floatPrecision, selfTest } = report;
console.log(`${backend} ${version} on ${device}${software ? ', a program that plays a GPU' : ''}`);
console.log(`${floatPrecision} bits, self-test passed in ${selfTest?.milliseconds.toFixed(0)} ms`);

const seed = 1;
const size = 32;
const width = Number(given.width);
const preset = lightPreset({ size, width, seed });
const generator = createGenerator(preset.generator);
const trainer = new Trainer({
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

const started = performance.now();
await trainer.fit(loader(portraits({ size }), { batch: Number(given.batch), seed }), {
  steps,
  // When the driver takes the GPU away, training stops with the reason, and the last checkpoint is good.
  signal: report.lost,
  checkpoint: { every: 200, save: saveTo(file('checkpoint.safetensors')) },
  callbacks: {
    onBatchEnd(_, { step = 0, d_loss = 0, g_loss = 0 }) {
      if (step % 20 !== 0 && step !== steps) return;
      const pace = (performance.now() - started) / step;
      console.log(
        `step ${step}: d_loss ${d_loss.toFixed(3)}, g_loss ${g_loss.toFixed(3)}, ${pace.toFixed(0)} ms a step`,
      );
    },
  },
});

const trained = trainer.emaGenerator;
const images = tf.tidy(() => {
  const latents = sampleLatents(trained, 40, seededStream(seed, 'samples'), { truncation: 2 });
  return trained.predict(latents) as tf.Tensor;
});
await writeFile(file('samples.png'), await encodePng(await sampleGrid(images, { columns: 8 })));

const values = [-3, -2, -1, 0, 1, 2, 3];
const sheet = traversals(trained, await dimensionActivity(trained), { values });
const rows = sheet.map(({ dimension, images }) => ({
  label: { ...dimension, layer: dimension.block, rank: dimension.place + 1 },
  images,
}));
await writeFile(file('traversal.png'), await encodePng(await traversalSheet(rows, { values })));
console.log(`Look at ${file('samples.png')} and ${file('traversal.png')}, a row an eigen-dimension.`);
