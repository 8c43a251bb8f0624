import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { libraryVersion } from '@eigengan/core';
import { writeFileAtomic } from '@eigengan/core/node';
import { settledData } from './data';
import type { Options } from './options';

/** What makes a run the run it is: kept in its folder as `config.json`, read back on resume. */
export interface Configuration {
  readonly libraryVersion: string;
  /** `sprites`, `rooms` or an absolute path; null for drawn portraits. */
  readonly data: string | null;
  readonly size: number;
  readonly batch: number;
  readonly seed: number;
  readonly steps: number;
}

export function configurationOf(options: Options): Configuration {
  const { data, size, batch, seed, steps } = options;
  return {
    libraryVersion,
    data: settledData(data),
    size,
    batch,
    seed,
    steps,
  };
}

export async function writeConfiguration(path: string, configuration: Configuration): Promise<void> {
  await writeFileAtomic(path, `${JSON.stringify(configuration, null, 2)}\n`);
}

/**
 * The configuration of the run to go on with. What was typed beside `--resume` may raise the steps; anything
 * else must be what the run has.
 *
 * @throws Error naming the file, or the option with both its values
 */
export async function readConfiguration(path: string, options: Options): Promise<Configuration> {
  if (!existsSync(path)) throw new Error(`--resume: must be a run folder, but there is no ${path}`);
  const saved: unknown = JSON.parse(await readFile(path, 'utf8'));
  if (!isConfiguration(saved)) throw new Error(`${path}: must hold data, size, batch, seed and steps`);
  const typed = configurationOf(options);
  for (const name of ['data', 'size', 'batch', 'seed'] as const) {
    if (options.given.has(name) && typed[name] !== saved[name]) {
      throw new Error(
        `--${name}: must be ${saved[name] ?? 'left out'} as in the run that is resumed, got ${typed[name]}`,
      );
    }
  }
  return options.given.has('steps') ? { ...saved, steps: options.steps } : saved;
}

function isConfiguration(value: unknown): value is Configuration {
  return (
    typeof value === 'object' &&
    value !== null &&
    'data' in value &&
    (value.data === null || typeof value.data === 'string') &&
    ['size', 'batch', 'seed', 'steps'].every(
      (name) => name in value && Number.isSafeInteger(Reflect.get(value, name)),
    )
  );
}
