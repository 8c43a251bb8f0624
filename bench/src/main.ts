import { Command, InvalidArgumentError } from 'commander';
import { benchMemory } from './memory';
import { benchStep } from './step';

const program = new Command('bench').description(
  'Measures this project, beside its peers where there are any.',
);
program
  .command('step')
  .description('the training step on wasm and in PyTorch eager, in turn')
  .option('--rounds <count>', 'rounds of four steps each', count, 6)
  .option('--json <file>', 'write the figures to a file')
  .action((options: { rounds: number; json?: string }) =>
    benchStep({ rounds: options.rounds, json: options.json }),
  );
program
  .command('memory')
  .description("tensors and memory over the demo's training")
  .option('--steps <count>', 'training steps', count, 300)
  .action(({ steps }: { steps: number }) => benchMemory(steps));
await program.parseAsync();

function count(text: string): number {
  const value = Number(text);
  if (Number.isSafeInteger(value) && value > 0) return value;
  throw new InvalidArgumentError('Must be an integer of at least 1.');
}
