import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { EigenganError } from '@eigengan/core';
import { describeMachine } from './machine';
import { markdownTable } from './markdown-table';
import { benchPath, pythonWith } from './programs';

export interface OpeningOptions {
  readonly pictures: number;
  /** How many of them are read in random order from a Parquet file. */
  readonly reads: number;
}

/** What a process says of its work. */
export interface Opened {
  readonly count: number;
  readonly seconds: number;
  /** By how much the most memory that it ever held grew. */
  readonly bytes: number;
}

const run = promisify(execFile);

/** Opens a folder, an archive and a Parquet file of small pictures, and reads the last in random order, as Python does too. */
export async function benchOpening({ pictures, reads }: OpeningOptions): Promise<void> {
  const python = pythonWith('pyarrow');
  if (python === undefined) throw new EigenganError('bench opening: needs bench/peers/install.sh');
  console.log(`${describeMachine()}\n`);
  const target = await mkdtemp(join(tmpdir(), 'bench-opening-'));
  try {
    await run(python, [benchPath('peers/pictures.py'), target, '--count', String(pictures), '--side', '32']);
    const works = [
      { name: `opening a folder of ${pictures}`, args: ['folder', join(target, 'folder')] },
      { name: `opening a zip archive of ${pictures}`, args: ['zip', join(target, 'pictures.zip')] },
      { name: `opening a Parquet file of ${pictures}`, args: ['parquet', join(target, 'pictures.parquet')] },
      { name: `${reads} of it in random order`, args: ['shuffled', join(target, 'pictures.parquet')], reads },
    ];
    const rows: string[][] = [];
    for (const { name, args, reads: wanted } of works) {
      const ours = await measured(process.execPath, [
        ...['--import', 'tsx', benchPath('src/opening-worker.ts'), ...args],
        ...(wanted === undefined ? [] : [String(wanted)]),
      ]);
      const peer = await measured(python, [
        ...[benchPath('peers/opening.py'), ...args],
        ...(wanted === undefined ? [] : ['--reads', String(wanted)]),
      ]);
      const expected = wanted ?? pictures;
      if (ours.count < expected || peer.count !== expected) {
        throw new EigenganError(
          `bench opening: ${name}: must be ${expected}, got ${ours.count}, ${peer.count}`,
        );
      }
      rows.push([name, ...figures(ours), ...figures(peer)]);
    }
    console.log(markdownTable(['', 'ours, s', 'MiB', 'Python, s', 'MiB'], rows));
  } finally {
    await rm(target, { recursive: true });
  }
}

async function measured(file: string, args: readonly string[]): Promise<Opened> {
  const { stdout } = await run(file, args);
  return JSON.parse(stdout);
}

const figures = ({ seconds, bytes }: Opened) => [seconds.toFixed(2), (bytes / 2 ** 20).toFixed(0)];
