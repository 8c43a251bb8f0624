import type { Answer } from './answer';
import { type Request, requestFor, type Selection, works } from './cases';
import type { KernelTime } from './kernel-profile';
import { markdownTable } from './markdown-table';
import { type Backend, startBackend } from './programs';
import { mean } from './statistics';
import { caseTitle, plural } from './step-report';
import { penaltyInterval } from './training';

export interface ProfileOptions {
  readonly selection: Selection;
  readonly backends: readonly Backend[];
  readonly threads: readonly number[];
  /** How many threads share an operation of TensorFlow. Default: as many as there are. */
  readonly operationThreads: number | undefined;
  /** Cycles of four steps. */
  readonly rounds: number;
}

const titles: Readonly<Record<Request, string>> = {
  step: 'a step',
  sample: 'a sampled batch',
  sampleOne: 'a sampled image',
};
const mostShapes = 25;

/** Prints where the time of what was selected goes, by kernel, and by kernel and shapes. */
export async function profileStep({
  selection,
  backends,
  threads,
  operationThreads,
  rounds,
}: ProfileOptions): Promise<void> {
  for (const [name, chosen] of selection) {
    const requests = new Set(works.filter((work) => chosen.has(work)).map(requestFor));
    for (const backend of backends) {
      for (const count of threads) {
        const contender = await startBackend(backend, count, name, { profile: true, operationThreads });
        try {
          for (const work of requests) {
            const times = work === 'step' ? rounds * penaltyInterval : rounds * 10;
            await contender.run({ work, count: penaltyInterval });
            const answer = await contender.run({ work, count: times });
            console.log(`## ${caseTitle(name)}, ${backend}, ${plural(count, 'thread')}: ${titles[work]}\n`);
            console.log(`${profileTables(answer, work)}\n`);
          }
        } finally {
          contender.stop();
        }
      }
    }
  }
}

function profileTables({ times = [], profile }: Answer, work: Request): string {
  const all = mean(times.map((time) => time[work] ?? Number.NaN));
  const { kernels = [], shapes = [] } = profile ?? {};
  const inKernels = kernels.reduce((sum, { milliseconds }) => sum + milliseconds, 0) / times.length;
  const row = ({ name, calls, milliseconds }: Pick<KernelTime, 'name' | 'calls' | 'milliseconds'>) => [
    name,
    (calls / times.length).toFixed(1),
    (milliseconds / times.length).toFixed(2),
    `${((100 * milliseconds) / times.length / all).toFixed(1)} %`,
  ];
  const outside = { name: 'outside kernels', calls: 0, milliseconds: (all - inKernels) * times.length };
  const columns = ['calls', 'ms', 'share'];
  const slowest = shapes.slice(0, mostShapes);
  return [
    `${all.toFixed(1)} ms, mean of ${times.length}; calls and milliseconds of each kernel without those it calls.`,
    markdownTable(['kernel', ...columns], [...kernels, outside].map(row)),
    `The slowest ${slowest.length} by the shapes of their inputs:`,
    markdownTable(['kernel', ...columns], slowest.map(row)),
  ].join('\n\n');
}
