import { createWriteStream, type WriteStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { LogRecord } from '@eigengan/core';
import { writeFileAtomic } from '@eigengan/core/node';

/** A run's `log.jsonl`: one flat record a line. */
export interface LogFile {
  /** Seconds that the run had taken when it was last left; 0 for a new one. */
  readonly secondsBefore: number;
  write(record: LogRecord): void;
  close(): Promise<void>;
}

/**
 * Opens a log to append to. Lines of steps after `step` are left out first: they came after the checkpoint
 * that is resumed, and these steps are done again.
 */
export async function openLog(path: string, step: number): Promise<LogFile> {
  const secondsBefore = step > 0 ? await keepUntil(path, step) : 0;
  const stream: WriteStream = createWriteStream(path, { flags: 'a' });
  return {
    secondsBefore,
    write: (record) => void stream.write(`${JSON.stringify(record)}\n`),
    close: () => new Promise((resolve, reject) => stream.on('error', reject).end(resolve)),
  };
}

/** Drops the lines after `step`, and gives the seconds of the last one that is kept. */
async function keepUntil(path: string, step: number): Promise<number> {
  const lines = (await readFile(path, 'utf8')).split('\n');
  const kept = lines.map((line) => ({ line, ...parse(line) })).filter((record) => record.step <= step);
  await writeFileAtomic(path, kept.map(({ line }) => `${line}\n`).join(''));
  return kept.at(-1)?.seconds ?? 0;
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
