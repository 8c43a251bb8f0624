import { createWriteStream, type WriteStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { LogRecord } from '@eigengan/core';
import { writeFileAtomic } from '@eigengan/core/node';

/** A run's `log.jsonl`: one flat record a line. */
export interface LogFile {
  write(record: LogRecord): void;
  close(): Promise<void>;
}

/**
 * Opens a log to append to. Lines of steps after `step` are left out first: they came after the checkpoint
 * that is resumed, and these steps are done again.
 */
export async function openLog(path: string, step: number): Promise<LogFile> {
  if (step > 0) await keepUntil(path, step);
  const stream: WriteStream = createWriteStream(path, { flags: 'a' });
  return {
    write: (record) => void stream.write(`${JSON.stringify(record)}\n`),
    close: () => new Promise((resolve, reject) => stream.on('error', reject).end(resolve)),
  };
}

async function keepUntil(path: string, step: number): Promise<void> {
  const lines = (await readFile(path, 'utf8')).split('\n').filter((line) => stepOf(line) <= step);
  await writeFileAtomic(path, lines.map((line) => `${line}\n`).join(''));
}

/** The step of a line; infinite for one that a crash cut off. */
function stepOf(line: string): number {
  try {
    const record: { step?: unknown } = JSON.parse(line);
    return typeof record.step === 'number' ? record.step : Number.POSITIVE_INFINITY;
  } catch {
    return Number.POSITIVE_INFINITY;
  }
}
