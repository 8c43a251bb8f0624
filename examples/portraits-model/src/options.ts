import { availableParallelism } from 'node:os';
import { type BackendName, backendNames } from '@eigengan/backends';
import { Command, InvalidArgumentError, Option } from 'commander';

export interface Options {
  /** Steps to train in all; the learning rates fall over the second half of them. */
  readonly steps: number;
  readonly backend: BackendName;
  readonly threads: number;
  /** Where the run is kept. One that stands there is gone on with. */
  readonly out: string;
}

export function readOptions(args: readonly string[]): Options {
  const command = new Command('portraits-model')
    .description('Trains the 64 px portraits generator that the explorer opens with.')
    .option('--steps <count>', 'training steps in all', integer, 8000)
    .addOption(new Option('--backend <name>').choices(backendNames).default('wasm'))
    .option(
      '--threads <count>',
      'threads of wasm and tensorflow',
      integer,
      Math.min(8, availableParallelism()),
    )
    .option(
      '--out <folder>',
      'where the run is kept; one that stands there is gone on with',
      'runs/portraits-model',
    )
    .allowExcessArguments(false);
  command.parse(args, { from: 'user' });
  return command.opts<Options>();
}

function integer(text: string): number {
  const value = Number(text);
  if (text.trim() !== '' && Number.isSafeInteger(value) && value > 0) return value;
  throw new InvalidArgumentError('Must be an integer of at least 1.');
}
