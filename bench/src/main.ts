import { EigenganError } from '@eigengan/core';
import { Command, InvalidArgumentError } from 'commander';
import { caseNames, selectCases } from './cases';
import { benchLoading, type LoadingOptions } from './loading';
import { benchMemory } from './memory';
import { benchOpening, type OpeningOptions } from './opening';
import { benchParallel, type ParallelOptions } from './parallel';
import { type Backend, backends } from './programs';
import { benchSheet, type SheetOptions } from './sheet';
import { benchSlider } from './slider';
import { benchStep } from './step';
import { profileStep } from './step-profile';

/** What is taken unless told otherwise: everything, but to profile what is slowest. */
const measured: Taken = { cases: caseNames, backends, threads: [1, 2] };
const profiled: Taken = { cases: ['32'], backends: ['wasm'], threads: [1] };

const program = new Command('bench').description(
  'Measures this project, beside its peers where there are any.',
);
program
  .command('step')
  .description('the training step, its parts and sampling, beside PyTorch eager, in turn')
  .option(
    '--cases <names>',
    `of ${caseNames}, work, or both: 32,sample,stepPaper64 (default: all, or 32 with --profile)`,
    list,
  )
  .option('--backends <names>', `of ${backends} (default: both, or wasm with --profile)`, backendList)
  .option('--threads <counts>', 'numbers of threads (default: 1,2, or 1 with --profile)', countList)
  .option(
    '--operation-threads <count>',
    'threads that share an operation of TensorFlow (default: as many as there are)',
    count,
  )
  .option('--rounds <count>', 'rounds of four steps each (default: 8, or 2 at paper64)', count)
  .option('--fastest', 'the fastest of the rounds, not the median: for a machine that is not quiet')
  .option('--json <file>', 'write the figures to a file')
  .option('--profile', 'the time per kernel instead, without the peers')
  .action(async ({ profile, operationThreads, rounds, fastest = false, json, ...chosen }: StepCommand) => {
    const all = profile ? profiled : measured;
    const options = {
      selection: selectCases(chosen.cases ?? all.cases),
      backends: chosen.backends ?? all.backends,
      threads: chosen.threads ?? all.threads,
      operationThreads,
    };
    if (profile) await profileStep({ ...options, rounds: rounds ?? 2 });
    else await benchStep({ ...options, rounds, fastest, json });
  });
program
  .command('sheet')
  .description('a sheet of traversals, and by predict')
  .option('--size <pixels>', 'edge of the images', count, 32)
  .option('--backend <name>', `of ${backends}`, backend, 'wasm')
  .option('--threads <count>', 'threads', count, 1)
  .option('--rounds <count>', 'sheets of each kind', count, 10)
  .action((options: SheetOptions) => benchSheet(options));
program
  .command('slider')
  .description('the next image while a slider moves, by GeneratorRenderer and by predict')
  .option('--size <pixels>', 'edge of the image', count, 64)
  .option('--backend <name>', `of ${backends}`, backend, 'wasm')
  .option('--threads <count>', 'threads', count, 1)
  .option('--rounds <count>', 'images of each kind', count, 40)
  .action((options: SheetOptions) => benchSlider(options));
program
  .command('memory')
  .description("tensors and memory over the demo's training")
  .option('--steps <count>', 'training steps', count, 300)
  .action(({ steps }: { steps: number }) => benchMemory(steps));
program
  .command('parallel')
  .description('the step in several processes of Open MPI, and what an all-reduce costs')
  .option('--backends <names>', `of ${backends}`, backendList, ['wasm'])
  .option('--rounds <count>', 'how often each way is started', count, 3)
  .option('--fastest', 'the fastest, not the median: for a machine that is not quiet', false)
  .action((options: ParallelOptions) => benchParallel(options));
program
  .command('loading')
  .description("images a second from a folder, beside PyTorch's DataLoader")
  .option('--images <count>', 'small images a folder; an eighth as many large ones', count, 1024)
  .option('--workers <counts>', 'numbers of threads, or processes, that decode', countList, [1, 2])
  .option('--json <file>', 'write the figures to a file')
  .action((options: LoadingOptions) => benchLoading(options));
program
  .command('opening')
  .description('folders, archives and Parquet files of many small pictures, opened and read, beside Python')
  .option('--pictures <count>', 'pictures', count, 100_000)
  .option('--reads <count>', 'how many are read in random order', count, 4096)
  .action((options: OpeningOptions) => benchOpening(options));
await program.parseAsync().catch((error: unknown) => {
  if (!EigenganError.is(error)) throw error;
  console.error(error.message);
  process.exitCode = 1;
});

interface Taken {
  readonly cases: readonly string[];
  readonly backends: readonly Backend[];
  readonly threads: readonly number[];
}

interface StepCommand extends Partial<Taken> {
  readonly operationThreads?: number;
  readonly rounds?: number;
  readonly fastest?: boolean;
  readonly json?: string;
  readonly profile?: true;
}

function count(text: string): number {
  const value = Number(text);
  if (Number.isSafeInteger(value) && value > 0) return value;
  throw new InvalidArgumentError('Must be an integer of at least 1.');
}

function list(text: string): string[] {
  return text.split(',').map((name) => name.trim());
}

function countList(text: string): number[] {
  return list(text).map(count);
}

function backend(name: string): Backend {
  const found = backends.find((each) => each === name);
  if (found !== undefined) return found;
  throw new InvalidArgumentError(`Must be of ${backends.join(', ')}.`);
}

function backendList(text: string): Backend[] {
  return list(text).map(backend);
}
