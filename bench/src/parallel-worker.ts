// Run by mpirun.ts: `parallel-worker.ts reduce LENGTH`, or `parallel-worker.ts step BACKEND THREADS ROUNDS`.
import { useBackend } from '@eigengan/backends';
import { assertOneOf } from '@eigengan/core';
import { Trainer } from '@eigengan/trainer';
import { openMpi } from '@eigengan/trainer/node';
import * as tf from '@tensorflow/tfjs-core';
import { cases } from './cases';
import { backends } from './programs';
import { mean } from './statistics';
import { penaltyInterval, trainingOptions } from './training';

const [task, ...args] = process.argv.slice(2);
const collective = await openMpi();
const milliseconds = task === 'reduce' ? await timeReductions(Number(args[0])) : await timeSteps(args);
if (collective.rank === 0) console.log(JSON.stringify(milliseconds));

/** Milliseconds of each all-reduce after the warm-up. */
async function timeReductions(length: number): Promise<number[]> {
  const values = new Float32Array(length);
  const times: number[] = [];
  for (let round = -3; round < 20; round++) {
    const start = performance.now();
    await collective.allReduce(values, 'mean');
    if (round >= 0) times.push(performance.now() - start);
  }
  return times;
}

/** Milliseconds of a step on the batch of all processes, for each round of four, one of them with R1. */
async function timeSteps([backend, threads, rounds]: readonly string[]): Promise<number[]> {
  assertOneOf('backend', backend, backends);
  await useBackend(backend, { threads: Number(threads), selfTest: false });
  const { batch, ...preset } = cases['32'];
  const trainer = new Trainer({ ...trainingOptions(preset), collective });
  const part = [batch / collective.size, 32, 32, 3] as const;
  const images = tf.randomUniform([...part], -1, 1, 'float32', 1 + collective.rank);
  const times: number[] = [];
  for (let round = -1; round < Number(rounds); round++) {
    const steps: number[] = [];
    for (let step = 0; step < penaltyInterval; step++) {
      const start = performance.now();
      await trainer.step(images);
      steps.push(performance.now() - start);
    }
    if (round >= 0) times.push(mean(steps));
  }
  return times;
}
