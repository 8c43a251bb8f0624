import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { useBackend } from '@eigengan/backends';
import { fillNormal, type RandomStream, seededStream } from '@eigengan/core';
import { noiseWidth } from '@eigengan/example-custom-pipeline/dcgan';
import { readOptions } from '@eigengan/example-custom-pipeline/options';
import { train } from '@eigengan/example-custom-pipeline/train';
import { importanceSpectrum, type SubspaceLayer } from '@eigengan/subspace-layer';
import { encodePng, traversalSheet } from '@eigengan/viz';
import * as tf from '@tensorflow/tfjs-core';
import { createGenerator, rank } from './generator';

const options = readOptions({ steps: 1000, out: 'runs/other-gan', threads: 1 });
await mkdir(options.out, { recursive: true });
// First of all: models are made on the backend in use.
await useBackend('wasm', { threads: options.threads });

function latents(batch: number, stream: RandomStream): tf.Tensor[] {
  return [noiseWidth, rank].map((width) =>
    tf.tensor2d(fillNormal(stream, new Float32Array(batch * width)), [batch, width]),
  );
}

const trainer = await train({ generator: createGenerator(1), latents }, options);
const generator = trainer.emaGenerator;

// One coordinate moved, all else as it is: a row an eigen-dimension, the most important first.
const values = [-3, -2, -1, 0, 1, 2, 3];
const noise = tf.tile(latents(1, seededStream(3, 'samples'))[0] as tf.Tensor, [values.length, 1]);
const spectrum = await importanceSpectrum(generator.getLayer('subspace') as SubspaceLayer);
const rows = spectrum.map(({ coordinate, importance }) => {
  const z = values.map((value) => Array.from({ length: rank }, (_, j) => (j === coordinate ? value : 0)));
  const images = generator.predict([noise, tf.tensor2d(z)]) as tf.Tensor;
  return { label: { layer: 0, rank: coordinate + 1, importance }, images };
});
const file = join(options.out, 'traversal.png');
await writeFile(
  file,
  await encodePng(await traversalSheet(rows, { values, title: 'A DCGAN with a subspace' })),
);
console.log(`Look at ${file}, a row an eigen-dimension.`);
