import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { ArgumentError, argumentError, assertInteger, assertOneOf } from '@eigengan/core';
import type { Orthonormality } from './linear-networks';

export interface Options {
  /** Steps of both networks. */
  readonly steps: number;
  readonly seed: number;
  /** Folder for the picture and the numbers; files of an earlier run in it are replaced. */
  readonly out: string;
  readonly backend: 'cpu' | 'wasm';
  readonly orthonormality: Orthonormality;
  readonly help: boolean;
}

export const usage = `Trains a linear EigenGAN adversarially and compares what it learned with PCA.

  --steps <count>   steps of both networks (default: 6000)
  --seed <integer>  one seed, one run (default: 1)
  --out <folder>    where the picture and the numbers go (default: runs/linear-pca)
  --backend <name>  wasm (default) or cpu
  --orthonormality <way>
                    regularizer (default), constraint or gram-schmidt
  --help            this text`;

/**
 * Reads the command line.
 *
 * @throws ArgumentError naming the option and its value
 */
export function parseOptions(args: readonly string[]): Options {
  const { values } = parsed(args);
  const steps = numberOf('--steps', values.steps, 1);
  const seed = numberOf('--seed', values.seed, 0);
  assertOneOf('--backend', values.backend, ['wasm', 'cpu']);
  assertOneOf('--orthonormality', values.orthonormality, ['regularizer', 'constraint', 'gram-schmidt']);
  // npm runs a workspace's scripts in its folder and says in INIT_CWD where it was called.
  const out = resolve(process.env.INIT_CWD ?? process.cwd(), values.out);
  const { backend, orthonormality, help } = values;
  return { steps, seed, out, backend, orthonormality, help };
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        steps: { type: 'string', default: '6000' },
        seed: { type: 'string', default: '1' },
        out: { type: 'string', default: 'runs/linear-pca' },
        backend: { type: 'string', default: 'wasm' },
        orthonormality: { type: 'string', default: 'regularizer' },
        help: { type: 'boolean', default: false },
      },
    });
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new ArgumentError(`linear-pca: ${reason}`, { cause, hint: 'See --help' });
  }
}

function numberOf(option: string, text: string, min: number): number {
  const value = Number(text);
  if (text.trim() === '' || Number.isNaN(value)) throw argumentError(option, 'must be a number', text);
  assertInteger(option, value, { min });
  return value;
}
