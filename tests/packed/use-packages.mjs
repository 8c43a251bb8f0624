// Runs in an empty project that has only the packed packages and tfjs: train, save, load, look.
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { useBackend } from '@eigengan/backends';
import { EigenganError } from '@eigengan/core';
import { modelFolder } from '@eigengan/core/node';
import { loader, portraits } from '@eigengan/datasets';
import {
  createDiscriminator,
  createGenerator,
  latentSampler,
  loadGenerator,
  modeLatents,
  saveGenerator,
  traverse,
} from '@eigengan/eigengan-model';
import { orthonormalityError } from '@eigengan/subspace-layer';
import { adam, nonSaturating, Trainer, zeroCentred } from '@eigengan/trainer';
import { loadCheckpoint, saveCheckpoint } from '@eigengan/trainer/node';
import { encodePng, traversalSheet } from '@eigengan/viz';
import * as tf from '@tensorflow/tfjs-core';

const report = await useBackend('wasm');
assert.equal(report.backend, 'wasm');

const generator = createGenerator({ size: 16, width: 0.125, ranks: 2, noise: 4 });
const discriminator = createDiscriminator({ size: 16, width: 0.125, denseWidth: 16 });
const trainer = new Trainer({
  generator,
  discriminator,
  latents: latentSampler(generator),
  loss: nonSaturating(),
  penalties: [zeroCentred({ at: 'real', weight: 1, interval: 2 })],
  optimizers: { generator: adam(), discriminator: adam() },
  seed: 1,
});
const { history } = await trainer.fit(loader(portraits({ size: 16 }), { batch: 4 }), { steps: 3 });
assert.equal(history.g_loss.length, 3);
assert.ok((await orthonormalityError(generator.getLayer('block_0'))) < 0.1);

await saveCheckpoint(trainer, 'run/checkpoint.safetensors');
await loadCheckpoint(trainer, 'run/checkpoint.safetensors');
await saveGenerator(trainer.emaGenerator, modelFolder('run/model'));
const loaded = await loadGenerator(modelFolder('run/model'));
const images = [trainer.emaGenerator, loaded].map((model) => model.predict(modeLatents(model)));
assert.deepEqual(await images[1].data(), await images[0].data());

const values = [-1, 0, 1];
const row = { label: 'block 0', images: traverse(loaded, { block: 0, coordinate: 0 }, { values }) };
const png = await encodePng(await traversalSheet([row], { values }));
assert.equal(String.fromCharCode(...png.slice(1, 4)), 'PNG');
assert.ok(
  existsSync('run/model/weights.bin') && JSON.parse(readFileSync('run/model/model.json')).userDefinedMetadata,
);

// An error of the CommonJS build is known to the other one.
const require = createRequire(import.meta.url);
assert.throws(() => require('@eigengan/core').seededStream(-1, 'x'), EigenganError.is);

console.log(`trained, saved and loaded on tfjs ${tf.version_core} with ${report.backend}`);
