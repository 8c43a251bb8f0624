import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { type BackendName, useBackend } from '@eigengan/backends';
import { seededStream } from '@eigengan/core';
import { GeneratorRenderer } from '@eigengan/eigengan-model';
import * as tf from '@tensorflow/tfjs-core';
import type { Answer, Order } from './answer';
import type { BenchCase, Work } from './cases';
import { KernelProfiler } from './kernel-profile';
import { peakBytes } from './peak-memory';
import { StepClock } from './step-clock';
import { penaltyInterval, trainingOptions } from './training';

// What bench/peers/step.py does, in this project: `step-worker.ts --backend wasm --threads 1 --case JSON`.
const { values } = parseArgs({
  options: {
    backend: { type: 'string', default: 'wasm' },
    threads: { type: 'string', default: '1' },
    case: { type: 'string', default: '{}' },
    profile: { type: 'boolean', default: false },
  },
});
const { batch, ...preset }: BenchCase = JSON.parse(values.case);
const report = await useBackend(values.backend as BackendName, { threads: Number(values.threads) });
const profiler = values.profile ? new KernelProfiler(report.backend) : undefined;

const options = trainingOptions(preset);
const clock = new StepClock(options);
const { trainer } = clock;
const [height = 0, width = 0, channels = 0] =
  trainer.discriminator.inputs[0]?.shape.slice(1).map(Number) ?? [];
const real = tf.randomUniform([batch, height, width, channels], -1, 1, 'float32', 1);
const renderer = new GeneratorRenderer(trainer.emaGenerator);
const stream = seededStream(1, 'latents');

const answer = (value: Answer) => process.stdout.write(`${JSON.stringify(value)}\n`);
answer({
  ready: `tfjs ${report.version}, ${report.backend}, ${report.threads} thread${report.threads === 1 ? '' : 's'}`,
  parameters: {
    generator: trainer.generator.countParams(),
    discriminator: trainer.discriminator.countParams(),
  },
  peakBytes: await peakBytes(),
});
for await (const line of createInterface({ input: process.stdin })) {
  const { work, count }: Order = JSON.parse(line);
  const times: Partial<Record<Work, number>>[] = [];
  profiler?.start();
  for (let i = 0; i < count; i++) times.push(work === 'step' ? await timedStep() : await timedSample(work));
  answer({ times, peakBytes: await peakBytes(), profile: profiler?.result() });
}

async function timedStep(): Promise<Partial<Record<Work, number>>> {
  const penalized = trainer.stepCount % penaltyInterval === 0;
  const { step, discriminator, generator } = await clock.time(real);
  return { step, [penalized ? 'r1Step' : 'dStep']: discriminator, gStep: generator };
}

async function timedSample(work: 'sample' | 'sampleOne'): Promise<Partial<Record<Work, number>>> {
  // Others each time: of the same the renderer would keep the features.
  const latents = options.latents(work === 'sample' ? batch : 1, stream);
  const start = performance.now();
  const images = renderer.render(latents);
  await images.data();
  const milliseconds = performance.now() - start;
  tf.dispose([images, latents]);
  return { [work]: milliseconds };
}
