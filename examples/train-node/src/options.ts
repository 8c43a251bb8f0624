import { availableParallelism } from 'node:os';
import { type BackendName, backendNames } from '@eigengan/backends';
import { Command, InvalidArgumentError, Option } from 'commander';

/** What the command line says, checked. */
export interface Options {
  /** `portraits`, `sprites` or `rooms`, which are drawn, a folder of images or an IDX file; undefined for portraits. */
  readonly data: string | undefined;
  /** Height and width of the images, pixels. */
  readonly size: number;
  /** Steps to train in all, those before a resume included. */
  readonly steps: number;
  /** Minutes after which training stops even before `steps`; undefined for no limit. */
  readonly minutes: number | undefined;
  /** Images per step. */
  readonly batch: number;
  readonly seed: number;
  readonly backend: BackendName;
  /** How many threads compute on wasm and tensorflow; the result does not depend on it on wasm. */
  readonly threads: number;
  /** The run folder; undefined for a new one under `runs/`. */
  readonly out: string | undefined;
  /** The run folder to go on with. */
  readonly resume: string | undefined;
  /** The options that were typed, as opposed to defaults. */
  readonly given: ReadonlySet<string>;
}

/** What the demo is given when neither steps nor minutes are. */
const demoMinutes = 4;

/** As many as wasm takes. */
const mostThreads = 8;

/**
 * Reads the command line. Commander prints help and errors itself and ends the process; `exitOverride`
 * makes it throw instead, for tests.
 */
export function parseOptions(args: readonly string[], { exitOverride = false } = {}): Options {
  const command = new Command('train-node')
    .description('Trains an EigenGAN and draws what each of its eigen-dimensions does.')
    .option(
      '--data <what>',
      'portraits, sprites or rooms, folder of images, or IDX file (default: portraits)',
    )
    .option('--size <pixels>', 'height and width of the images, 4 * 2^n', integer(8, 512), 32)
    .option('--steps <count>', 'training steps in all', integer(1), 5000)
    .option(
      '--minutes <minutes>',
      `stop after so many minutes even before --steps (default: ${demoMinutes}, none with --steps)`,
      positive,
    )
    .option('--batch <images>', 'images per step', integer(1), 16)
    .option('--seed <integer>', 'one seed, one run', integer(0), 1)
    .addOption(new Option('--backend <name>').choices(backendNames).default('wasm'))
    .option(
      '--threads <count>',
      'threads of wasm and tensorflow',
      integer(1, mostThreads),
      Math.min(mostThreads, availableParallelism()),
    )
    .option('--out <folder>', 'run folder, new or empty (default: a new one under runs/)')
    .option('--resume <folder>', 'go on with the run in this folder')
    .addHelpText('after', '\nExample: train-node --data photos --size 64 --steps 5000 --out runs/photos')
    .allowExcessArguments(false);
  if (exitOverride) command.exitOverride().configureOutput({ writeErr: () => {}, writeOut: () => {} });
  command.parse(args, { from: 'user' });
  const options = command.opts<Options>();
  const given = new Set(Object.keys(options).filter((name) => command.getOptionValueSource(name) === 'cli'));
  if (options.out !== undefined && options.resume !== undefined) {
    command.error('error: --out and --resume exclude each other: a resumed run goes on in its own folder');
  }
  const minutes = options.minutes ?? (given.has('steps') ? undefined : demoMinutes);
  return { ...options, minutes, given };
}

function integer(min: number, max = Number.MAX_SAFE_INTEGER) {
  return (text: string) => {
    const value = Number(text);
    if (text.trim() !== '' && Number.isSafeInteger(value) && value >= min && value <= max) return value;
    const upper = max === Number.MAX_SAFE_INTEGER ? '' : ` and at most ${max}`;
    throw new InvalidArgumentError(`Must be an integer of at least ${min}${upper}.`);
  };
}

function positive(text: string): number {
  const value = Number(text);
  if (text.trim() !== '' && Number.isFinite(value) && value > 0) return value;
  throw new InvalidArgumentError('Must be a number above 0.');
}
