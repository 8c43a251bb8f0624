import { appendFileSync } from 'node:fs';
import { mkdir, readdir, readFile, rename } from 'node:fs/promises';
import { dirname, join, parse as parsePath } from 'node:path';
import { argumentError } from '@eigengan/core';
import { writeFileAtomic } from '@eigengan/core/node';
import type { TrainerCallback } from '../callbacks';
import { isMissingFile } from '../missing-file';
import { type JsonlLogOptions, lineLog } from './jsonl-log';

/**
 * `jsonlLog` of the package's root into a file, each line in it when its step ends. When `fit` begins, lines
 * of steps after those the trainer has done are dropped, and so is a line that a crash cut off: the log is
 * the run's, without gap or repeat. `seconds` goes on from the last line. A run from step 0 begins a new file: one
 * that is there is another run's, and gets a free name beside it (`log-1.jsonl`).
 *
 * @param path the file; its folder is made if there is none
 * @throws ArgumentError when `path` is not a string
 */
export function jsonlLog(path: string, options: JsonlLogOptions = {}): TrainerCallback {
  if (typeof path !== 'string') throw argumentError('jsonlLog', 'must get the path of a file', path);
  return lineLog(
    {
      begin: (step) => keepUntil(path, step),
      // It would be awaited anyway, and takes 5 microseconds so, 300 otherwise.
      write: (line) => appendFileSync(path, `${line}\n`),
    },
    options,
  );
}

/** Drops what is after `step` or no whole line, and gives the seconds of the last one that is kept. */
async function keepUntil(path: string, step: number): Promise<number> {
  await mkdir(dirname(path), { recursive: true });
  const content = await readFile(path, 'utf8').catch(unlessMissing);
  if (step === 0 && content !== '') {
    await rename(path, await freeName(path));
    return 0;
  }
  const kept = content
    .split('\n')
    .map((line) => ({ line, ...parse(line) }))
    .filter((record) => record.step <= step);
  const text = kept.map(({ line }) => `${line}\n`).join('');
  if (text !== content) await writeFileAtomic(path, text);
  return kept.at(-1)?.seconds ?? 0;
}

async function freeName(path: string): Promise<string> {
  const { dir, name, ext } = parsePath(path);
  const taken = new Set(await readdir(dir === '' ? '.' : dir));
  let number = 1;
  while (taken.has(`${name}-${number}${ext}`)) number++;
  return join(dir, `${name}-${number}${ext}`);
}

function unlessMissing(error: unknown): string {
  if (isMissingFile(error)) return '';
  throw error;
}

/** A line's step, infinite for one that a crash cut off, and its seconds. */
function parse(line: string): { step: number; seconds: number } {
  try {
    const { step, seconds }: { step?: unknown; seconds?: unknown } = JSON.parse(line);
    return {
      step: typeof step === 'number' ? step : Number.POSITIVE_INFINITY,
      seconds: typeof seconds === 'number' ? seconds : 0,
    };
  } catch {
    return { step: Number.POSITIVE_INFINITY, seconds: 0 };
  }
}
