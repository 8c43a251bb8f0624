import { availableParallelism, cpus } from 'node:os';
import { markdownTable } from './markdown-table';
import { hasMpirun, mpirun } from './mpirun';
import { type Backend, isInstalled } from './programs';
import { mean, median } from './statistics';
import { penaltyInterval } from './training';

export interface ParallelOptions {
  readonly backends: readonly Backend[];
  /** How often each way is started. */
  readonly rounds: number;
}

const reducedLengths = [1, 1e5, 1e6, 1e7];
const reducedProcesses = [1, 2, 4, 8];
const stepsARound = 3 * penaltyInterval;

/** `processes` of `threads` each, on the same 32 images a step. */
const ways = [
  { name: '1 process', processes: 1, threads: 1 },
  { name: '2 processes', processes: 2, threads: 1 },
  { name: '1 process of 2 threads', processes: 1, threads: 2 },
];

/** Times what several processes gain in a step, and what an all-reduce costs. */
export async function benchParallel({ backends, rounds }: ParallelOptions): Promise<void> {
  if (!hasMpirun()) throw new Error('bench parallel: needs Open MPI: apt-get install openmpi-bin');
  const date = new Date().toISOString().slice(0, 10);
  console.log(
    `${date}, ${cpus()[0]?.model ?? 'unknown processor'}, ${availableParallelism()} cores, Node ${process.version}`,
  );
  const steps: string[][] = [];
  for (const backend of backends.filter(isInstalled)) steps.push(...(await stepRows(backend, rounds)));
  console.log(`\n${markdownTable(['a step of 32 images at 32 px', 'ms', 'times as fast'], steps)}`);
  const head = ['ms of an all-reduce of', ...reducedProcesses.map((count) => `${count} processes`)];
  console.log(`\n${markdownTable(head, await reductionRows())}`);
}

/** The ways take turns, so that a machine whose speed drifts is fair to all. */
async function stepRows(backend: Backend, rounds: number): Promise<string[][]> {
  const times = ways.map((): number[] => []);
  for (let round = 0; round < rounds; round++) {
    for (const [way, { processes, threads }] of ways.entries()) {
      const steps = await mpirun<number[]>(processes, [
        ...['step', backend, String(threads), String(stepsARound)],
      ]);
      times[way]?.push(mean(steps));
    }
  }
  const [alone = Number.NaN, ...others] = times.map(median);
  return [alone, ...others].map((ms, way) => [
    `${backend}, ${ways[way]?.name}`,
    ms.toFixed(0),
    (alone / ms).toFixed(2),
  ]);
}

async function reductionRows(): Promise<string[][]> {
  const columns: number[][] = [];
  for (const processes of reducedProcesses) {
    columns.push(await mpirun<number[]>(processes, ['reduce', ...reducedLengths.map(String)]));
  }
  return reducedLengths.map((length, row) => [
    length === 1 ? '1 value' : `${length.toExponential(0).replace('e+', 'e')} values`,
    ...columns.map((column) => (column[row] ?? Number.NaN).toFixed(2)),
  ]);
}
