import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { useBackend } from '@eigengan/backends';
import { fillNormal, type RandomStream, seededStream } from '@eigengan/core';
import { encodePng, sampleGrid } from '@eigengan/viz';
import * as tf from '@tensorflow/tfjs-core';
import { createGenerator, noiseWidth } from './dcgan';
import { readOptions } from './options';
import { train } from './train';

const options = readOptions({ steps: 1000, out: 'runs/custom-pipeline', threads: 1 });
await mkdir(options.out, { recursive: true });
// First of all: models are made on the backend in use.
await useBackend('wasm', { threads: options.threads });

/** All randomness comes from the stream: one seed, one run. */
function latents(batch: number, stream: RandomStream): tf.Tensor[] {
  return [tf.tensor2d(fillNormal(stream, new Float32Array(batch * noiseWidth)), [batch, noiseWidth])];
}

const trainer = await train({ generator: createGenerator(1), latents }, options);
const images = trainer.emaGenerator.predict(latents(40, seededStream(1, 'samples')));
const file = join(options.out, 'samples.png');
await writeFile(file, await encodePng(await sampleGrid(images as tf.Tensor, { columns: 8 })));
console.log(`Look at ${file}.`);
