// Run by mpirun.ts: `parallel-worker.ts reduce LENGTH...`, or `parallel-worker.ts step BACKEND THREADS STEPS`.
import { useBackend } from '@eigengan/backends';
import { assertOneOf } from '@eigengan/core';
import { Trainer } from '@eigengan/trainer';
import { openMpi } from '@eigengan/trainer/node';
import * as tf from '@tensorflow/tfjs-core';
import { cases } from './cases';
import { backends } from './programs';
import { median } from './statistics';
import { penaltyInterval, trainingOptions } from './training';

const [task, ...args] = process.argv.slice(2);
const collective = await openMpi();
const milliseconds = task === 'reduce' ? await timeReductions(args.map(Number)) : await timeSteps(args);
if (collective.rank === 0) console.log(JSON.stringify(milliseconds));

/** Milliseconds of an all-reduce, by number of values. */
async function timeReductions(lengths: readonly number[]): Promise<number[]> {
  const times: number[] = [];
  for (const length of lengths) {
    const values = new Float32Array(length);
    const rounds: number[] = [];
    for (let round = -3; round < 20; round++) {
      const start = performance.now();
      await collective.allReduce(values, 'mean');
      if (round >= 0) rounds.push(performance.now() - start);
    }
    times.push(median(rounds));
  }
  return times;
}

/** Milliseconds of a step on the batch of all processes, of each step after the warm-up. */
async function timeSteps([backend, threads, steps]: readonly string[]): Promise<number[]> {
  assertOneOf('backend', backend, backends);
  await useBackend(backend, { threads: Number(threads), selfTest: false });
  const { batch, ...preset } = cases['32'];
  const trainer = new Trainer({ ...trainingOptions(preset), collective });
  const images = tf.randomUniform(
    [batch / collective.size, 32, 32, 3],
    -1,
    1,
    'float32',
    1 + collective.rank,
  );
  const times: number[] = [];
  for (let step = -penaltyInterval; step < Number(steps); step++) {
    const start = performance.now();
    await trainer.step(images);
    if (step >= 0) times.push(performance.now() - start);
  }
  return times;
}
