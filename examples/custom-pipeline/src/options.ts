import { parseArgs } from 'node:util';

export interface Options {
  readonly steps: number;
  readonly out: string;
  readonly threads: number;
}

/** `--steps`, `--out` and `--threads`. */
export function readOptions(defaults: Options): Options {
  const { values } = parseArgs({
    options: { steps: { type: 'string' }, out: { type: 'string' }, threads: { type: 'string' } },
  });
  const { steps = defaults.steps, out = defaults.out, threads = defaults.threads } = values;
  return { steps: Number(steps), out, threads: Number(threads) };
}
