import { useBackend } from '@eigengan/backends';
import { loader, portraits } from '@eigengan/datasets';
import { presets } from '@eigengan/eigengan-model';
import { Trainer } from '@eigengan/trainer';
import * as tf from '@tensorflow/tfjs-core';
import { trainingOptions } from './training';

const mebibytes = (bytes: number) => bytes / 2 ** 20;

/**
 * Three hundred steps of the demo's training: the number of tensors and the memory of the process as they go.
 * The process fails when tensors grow after step 50, memory exceeds what it came to until then by more than
 * 10 %, or 1.5 GB.
 */
export async function benchMemory(steps: number): Promise<void> {
  await useBackend('wasm');
  const trainer = new Trainer(trainingOptions(presets.light32));
  let settled = { tensors: 0, resident: 0 };
  let peak = 0;
  let grown = false;
  await trainer.fit(loader(portraits({ size: 32 }), { batch: 16, seed: 1 }), {
    steps,
    checkpoint: { every: 100, save: () => {} },
    callbacks: {
      onBatchEnd: (_, { step = 0 }) => {
        const now = { tensors: tf.memory().numTensors, resident: mebibytes(process.memoryUsage.rss()) };
        peak = Math.max(peak, now.resident);
        if (step === 50) settled = { tensors: now.tensors, resident: peak };
        if (step > 50) grown ||= now.tensors !== settled.tensors || now.resident > 1.1 * settled.resident;
        if (step % 50 === 0)
          console.log(`step ${step}: ${now.tensors} tensors, ${now.resident.toFixed(0)} MiB resident`);
      },
    },
  });
  console.log(`peak ${peak.toFixed(0)} MiB, ${grown ? 'grown' : 'not grown'} after step 50`);
  if (grown || peak * 2 ** 20 > 1.5e9) process.exitCode = 1;
}
