import { createInterface } from 'node:readline';
import { useBackend } from '@eigengan/backends';
import * as tf from '@tensorflow/tfjs-core';
import { createTraining } from './training';

// The peer of bench/peers/step.py: reads a count per line, answers with the milliseconds of so many steps.
const size = 32;
const batch = 32;
const report = await useBackend('wasm');
const trainer = createTraining({
  generator: { size, width: 0.5, ranks: 6, noise: 64 },
  discriminator: { size, width: 0.5, denseWidth: 128 },
});
const real = tf.randomUniform([batch, size, size, 3], -1, 1, 'float32', 1);

const answer = (value: object) => process.stdout.write(`${JSON.stringify(value)}\n`);
answer({
  ready: `tfjs ${report.backend} ${report.version}, ${report.threads} thread(s)`,
  parameters: trainer.generator.countParams() + trainer.discriminator.countParams(),
});
for await (const line of createInterface({ input: process.stdin })) {
  const milliseconds: number[] = [];
  for (let i = 0; i < Number(line); i++) {
    const start = performance.now();
    await trainer.step(real);
    milliseconds.push(performance.now() - start);
  }
  answer({ milliseconds });
}
