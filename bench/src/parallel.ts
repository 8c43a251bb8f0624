import { EigenganError } from '@eigengan/core';
import { describeMachine } from './machine';
import { markdownTable } from './markdown-table';
import { hasMpirun, mpirun } from './mpirun';
import { type Backend, isInstalled } from './programs';
import { median, smallest } from './statistics';

export interface ParallelOptions {
  readonly backends: readonly Backend[];
  /** How often each way is started, for three rounds of four steps each. */
  readonly rounds: number;
  /** Whether to take the fastest, which other programs on the machine disturb least, not the median. */
  readonly fastest: boolean;
}

const reducedLengths = [1, 1e5, 1e6, 1e7];
const reducedProcesses = [2, 4, 8];

/** `processes` of `threads` each, on the same 32 images a step. */
const ways = [
  { name: '1 process', processes: 1, threads: 1 },
  { name: '2 processes', processes: 2, threads: 1 },
  { name: '1 process of 2 threads', processes: 1, threads: 2 },
];

/** Times what several processes gain in a step, and what an all-reduce costs. */
export async function benchParallel({ backends, rounds, fastest }: ParallelOptions): Promise<void> {
  if (!hasMpirun()) throw new EigenganError('bench parallel: needs Open MPI: apt-get install openmpi-bin');
  const statistic = fastest ? smallest : median;
  console.log(`${describeMachine()}; ${fastest ? 'the fastest' : 'medians'}`);
  const steps: string[][] = [];
  for (const backend of backends.filter(isInstalled))
    steps.push(...(await stepRows(backend, rounds, statistic)));
  console.log(`\n${markdownTable(['a step of 32 images at 32 px', 'ms', 'times as fast'], steps)}`);
  const head = ['ms of an all-reduce of', ...reducedProcesses.map((count) => `${count} processes`)];
  console.log(`\n${markdownTable(head, await reductionRows(statistic))}`);
}

type Statistic = (values: readonly number[]) => number;

/** The ways take turns, so that a machine whose speed drifts is fair to all. */
async function stepRows(backend: Backend, rounds: number, statistic: Statistic): Promise<string[][]> {
  const times = ways.map((): number[] => []);
  for (let round = 0; round < rounds; round++) {
    for (const [way, { processes, threads }] of ways.entries()) {
      times[way]?.push(...(await mpirun(processes, ['step', backend, String(threads), '3'])));
    }
  }
  const results = times.map(statistic);
  return results.map((ms, way) => [
    `${backend}, ${ways[way]?.name}`,
    ms.toFixed(0),
    ((results[0] ?? Number.NaN) / ms).toFixed(2),
  ]);
}

async function reductionRows(statistic: Statistic): Promise<string[][]> {
  const rows: string[][] = [];
  for (const length of reducedLengths) {
    const row = [length === 1 ? '1 value' : `${length.toExponential(0).replace('e+', 'e')} values`];
    for (const processes of reducedProcesses) {
      row.push(statistic(await mpirun(processes, ['reduce', String(length)])).toFixed(2));
    }
    rows.push(row);
  }
  return rows;
}
