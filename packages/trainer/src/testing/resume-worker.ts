// Run by checkpoint.test.ts in a process of its own: `resume-worker.ts <backend> <folder> train|resume`.
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { useBackend } from '@eigengan/backends';
import * as tf from '@tensorflow/tfjs-core';
import {
  adadelta,
  adagrad,
  adam,
  adamax,
  adamW,
  adaptiveAugment,
  clipped,
  decayed,
  lipschitz,
  type Optimizer,
  rmsprop,
  sgd,
  type Trainer,
  tfTrain,
  zeroCentred,
} from '../index';
import { loadCheckpoint, saveCheckpoint } from '../node';
import { tinyLoader, tinyTrainer } from './tiny-gan';

const [backend, folder = '', task] = process.argv.slice(2);
const stops = [11, 53, 300];
const further = 10;
/** Each optimizer trains one of two networks. */
const pairs = (): readonly (readonly [generator: Optimizer, discriminator: Optimizer])[] => [
  [
    adam({ learningRate: 2e-3, beta1: 0.9 }),
    sgd({ learningRate: (update) => 1e-2 / (1 + update / 100), momentum: 0.9, nesterov: true }),
  ],
  [adamW({ learningRate: 2e-3, beta1: 0.9 }), sgd({ learningRate: 1e-2 })],
  [rmsprop({ learningRate: 1e-3, momentum: 0.5, centered: true }), adagrad({ learningRate: 1e-2 })],
  [adamax(), adadelta({ learningRate: 0.1 })],
  [
    clipped(
      decayed(
        tfTrain(() => tf.train.adam(2e-3)),
        { kernels: 1e-3 },
      ),
      { globalNorm: 0.1 },
    ),
    tfTrain(() => tf.train.adamax(2e-3, 0.9, 0.999, 1e-7, 0.01)),
  ],
];

function create(pair: number): Trainer {
  const [generator = adam(), discriminator = adam()] = pairs()[pair] ?? [];
  return tinyTrainer({
    optimizers: { generator, discriminator },
    // In one: p rises by 0.016 every 4th step.
    augment: pair === 1 ? adaptiveAugment({ target: -0.95, speed: 1000 }) : null,
    // Once is enough: they are most of a step's time.
    penalties:
      pair > 0
        ? []
        : [
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
for (const [pair, both] of pairs().entries()) {
  const name = both.map(({ kind }) => kind).join(' ');
  const path = (step: number) => join(folder, `${backend}-${pair}-${step}.safetensors`);
  if (task === 'train') {
    const [trainer, loader] = [create(pair), tinyLoader()];
    for (const stop of stops) {
      await trainer.fit(loader, { steps: stop });
      await saveCheckpoint(trainer, path(stop), { loader: loader.state() });
      await trainer.fit(loader, { steps: stop + further });
      hashes[`${name} ${stop}`] = await hashOf(trainer);
    }
  } else {
    for (const stop of stops) {
      const [trainer, loader] = [create(pair), tinyLoader()];
      const { loader: state } = await loadCheckpoint(trainer, path(stop));
      if (state !== undefined) loader.restore(state);
      await trainer.fit(loader, { steps: stop + further });
      hashes[`${name} ${stop}`] = await hashOf(trainer);
      trainer.dispose();
    }
  }
}
console.log(JSON.stringify({ backend: tf.getBackend(), hashes }));
