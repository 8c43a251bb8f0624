// Run by open-mpi-training.test.ts: `mpi-training-worker.ts FOLDER train|die`, also without mpirun.
import { join } from 'node:path';
import { useBackend } from '@eigengan/backends';
import type { Loader } from '@eigengan/core';
import * as tf from '@tensorflow/tfjs-core';
import { oneCentred, sgd, zeroCentred } from '../index';
import { loadCheckpoint, openMpi, saveCheckpoint, saveTo } from '../node';
import { plainGenerator, tinyDiscriminator, tinyLoader, tinyTrainer } from './tiny-gan';

const [folder = '', task] = process.argv.slice(2);
const collective = await openMpi();
const { rank, size } = collective;
const file = (name: string) => join(folder, `${name}-${size}.safetensors`);
await useBackend('wasm', { selfTest: false });

const create = () => {
  const optimizer = sgd({ learningRate: 0.05, momentum: 0.5 });
  return tinyTrainer({
    generator: plainGenerator(5 + rank),
    discriminator: tinyDiscriminator(2 + rank),
    penalties: [
      zeroCentred({ at: 'real', weight: 1, interval: 2 }),
      oneCentred({ at: 'line', weight: 2, interval: 3 }),
    ],
    optimizers: { generator: optimizer, discriminator: optimizer },
    microBatch: 2,
    collective,
  });
};

/** This process's part of the batches of six. */
function ownPart(): Loader<tf.Tensor> {
  const loader = tinyLoader(6);
  return {
    ...loader,
    async *[Symbol.asyncIterator]() {
      for await (const { images, index } of loader) {
        yield { images: tf.slice(images, (rank * 6) / size, 6 / size), index };
        images.dispose();
      }
    },
  };
}

const checkpoint = { every: 2, save: saveTo(file('checkpoint')) };
if (task === 'train') {
  await create().fit(ownPart(), { steps: 4, checkpoint });
  // Rank 0 alone needs the file.
  const path = rank === 0 ? file('checkpoint') : 'nowhere';
  const [trainer, loader] = [create(), ownPart()];
  const { loader: state, step } = await loadCheckpoint(trainer, path);
  if (state !== undefined) loader.restore(state);
  const { history } = await trainer.fit(loader, { steps: 6 });
  await saveCheckpoint(trainer, file('end'));
  const bytes = await trainer.checkpoint();
  const hash = Buffer.from(await crypto.subtle.digest('SHA-256', bytes.slice())).toString('hex');
  console.log(JSON.stringify({ rank, step, d_loss: history.d_loss, images: trainer.imageCount, hash }));
} else {
  const onBatchEnd = (step: number) => {
    if (step === 4 && rank === 1) process.kill(process.pid, 'SIGKILL');
  };
  await create().fit(ownPart(), { steps: 10_000, checkpoint, callbacks: { onBatchEnd } });
}
