import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** The files of a run; the names are shared by everything that reads a run folder. */
export interface RunFolder {
  readonly path: string;
  readonly log: string;
  readonly checkpoint: string;
  readonly model: string;
  readonly configuration: string;
  readonly report: string;
  samples(step: number): string;
  traversal(step: number): string;
}

export function runFolder(path: string): RunFolder {
  return {
    path,
    log: join(path, 'log.jsonl'),
    checkpoint: join(path, 'checkpoint.safetensors'),
    model: join(path, 'model'),
    configuration: join(path, 'config.json'),
    report: join(path, 'report.html'),
    samples: (step) => join(path, `samples-${step}.png`),
    traversal: (step) => join(path, `traversal-${step}.png`),
  };
}

/**
 * Makes the folder of a new run: the one asked for, or the next free number under `runs/`.
 *
 * @throws Error when the folder asked for has something in it: a run is never overwritten
 */
export async function createRunFolder(out: string | undefined, name: string): Promise<RunFolder> {
  if (out === undefined) return runFolder(await createNumbered('runs', name));
  await mkdir(out, { recursive: true });
  const found = await readdir(out);
  if (found.length > 0) {
    throw new Error(
      `--out: must be a new or empty folder, got ${out} with ${found.length} entries. ` +
        `To go on with the run in it: --resume ${out}`,
    );
  }
  return runFolder(out);
}

async function createNumbered(parent: string, name: string): Promise<string> {
  await mkdir(parent, { recursive: true });
  for (let number = 1; ; number++) {
    const path = join(parent, `${name}-${String(number).padStart(3, '0')}`);
    try {
      await mkdir(path);
      return path;
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    }
  }
}
