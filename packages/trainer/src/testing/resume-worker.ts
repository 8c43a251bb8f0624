// Run by checkpoint.test.ts in a process of its own: `resume-worker.ts <backend> <folder> train|resume`.
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { useBackend } from '@eigengan/backends';
import * as tf from '@tensorflow/tfjs-core';
import { adam, lipschitz, sgd, type Trainer, zeroCentred } from '../index';
import { loadCheckpoint, saveCheckpoint } from '../node';
import { tinyLoader, tinyTrainer } from './tiny-gan';

const [backend, folder = '', task] = process.argv.slice(2);
const stops = [11, 53, 300];
const further = 10;
const optimizers = {
  adam: adam({ learningRate: 2e-3, beta1: 0.9 }),
  momentum: sgd({ learningRate: (update) => 1e-2 / (1 + update / 100), momentum: 0.9 }),
  sgd: sgd({ learningRate: 1e-2 }),
};

function create(optimizer: keyof typeof optimizers): Trainer {
  return tinyTrainer({
    optimizers: { generator: optimizers[optimizer], discriminator: optimizers[optimizer] },
    penalties: [
      zeroCentred({ at: 'real', weight: 0.5, interval: 4 }),
      lipschitz({ at: 'line', weight: 0.5, interval: 3 }),
    ],
  });
}

async function hashOf(trainer: Trainer): Promise<string> {
  return createHash('sha256')
    .update(await trainer.checkpoint())
    .digest('hex');
}

if (backend !== 'cpu' && backend !== 'wasm') throw new Error(`no backend ${backend}`);
await useBackend(backend, { selfTest: false });
const hashes: Record<string, string> = {};
for (const name of ['adam', 'momentum', 'sgd'] as const) {
  const path = (step: number) => join(folder, `${name}-${step}.safetensors`);
  if (task === 'train') {
    const [trainer, loader] = [create(name), tinyLoader()];
    for (const stop of stops) {
      await trainer.fit(loader, { steps: stop });
      await saveCheckpoint(trainer, path(stop), { loader: loader.state() });
      await trainer.fit(loader, { steps: stop + further });
      hashes[`${name} ${stop}`] = await hashOf(trainer);
    }
  } else {
    for (const stop of stops) {
      const [trainer, loader] = [create(name), tinyLoader()];
      const { loader: state } = await loadCheckpoint(trainer, path(stop));
      if (state !== undefined) loader.restore(state);
      await trainer.fit(loader, { steps: stop + further });
      hashes[`${name} ${stop}`] = await hashOf(trainer);
      trainer.dispose();
    }
  }
}
console.log(JSON.stringify({ backend: tf.getBackend(), hashes }));
