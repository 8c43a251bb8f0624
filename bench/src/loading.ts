import { execFile } from 'node:child_process';
import { link, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { promisify } from 'node:util';
import { EigenganError } from '@eigengan/core';
import { loader, portraits } from '@eigengan/datasets';
import { imageFolder } from '@eigengan/datasets/node';
import '@tensorflow/tfjs-backend-cpu';
import sharp from 'sharp';
import { describeMachine } from './machine';
import { markdownTable } from './markdown-table';
import { benchPath, pythonWith } from './programs';

export interface LoadingOptions {
  /** Small images a folder; of large ones an eighth as many. */
  readonly images: number;
  /** Threads, or processes of PyTorch, that decode. */
  readonly workers: readonly number[];
  readonly json?: string | undefined;
}

const size = 64;
const batch = 32;

const kinds = [
  { name: 'JPEG 178 x 218', height: 218, width: 178, format: 'jpeg', share: 1 },
  { name: 'JPEG 1024 x 1024', height: 1024, width: 1024, format: 'jpeg', share: 1 / 8 },
  { name: 'PNG 178 x 218', height: 218, width: 178, format: 'png', share: 1 },
] as const;

/** Files that differ; the others are links to them. */
const distinct = 64;

interface Rates {
  /** Images a second, decoding. */
  readonly first: number;
  /** Images a second once more; ours come from memory. */
  readonly second: number;
}

/** Times two epochs over folders of images, by `loader(imageFolder())` and by PyTorch's DataLoader. */
export async function benchLoading({ images, workers, json }: LoadingOptions): Promise<void> {
  const python = pythonWith('torch');
  if (python === undefined) throw new EigenganError('bench loading: needs bench/peers/install.sh');
  console.log(`${describeMachine()}; images a second at ${size} px\n`);
  const results: Record<string, { ours: Rates; peer: Rates; longestMs: number }> = {};
  for (const kind of kinds) {
    const folder = await mkdtemp(join(tmpdir(), 'bench-loading-'));
    try {
      await fill(folder, kind, Math.max(batch, Math.round(images * kind.share)));
      for (const count of workers) {
        const ours = await timeOurs(folder, count);
        results[`${kind.name}, workers: ${count}`] = { ...ours, peer: await timePeer(python, folder, count) };
      }
    } finally {
      await rm(folder, { recursive: true });
    }
  }
  const head = ['', 'ours', 'PyTorch', 'ratio', 'ours again', 'PyTorch again', 'ratio', 'longest held, ms'];
  const rows = Object.entries(results).map(([name, { ours, peer, longestMs }]) => [
    name,
    ours.first.toFixed(0),
    peer.first.toFixed(0),
    (ours.first / peer.first).toFixed(2),
    ours.second.toFixed(0),
    peer.second.toFixed(0),
    (ours.second / peer.second).toFixed(2),
    longestMs.toFixed(0),
  ]);
  console.log(markdownTable(head, rows));
  if (json !== undefined) await writeFile(json, JSON.stringify(results, null, 2));
}

/** Portraits with some noise, which photographs have, in files. */
async function fill(folder: string, { height, width, format }: (typeof kinds)[number], images: number) {
  const source = portraits({ size: [height, width], length: 8 });
  const file = (i: number) => join(folder, `${i}.${format}`);
  for (let i = 0; i < images; i++) {
    if (i >= distinct) {
      await link(file(i % distinct), file(i));
      continue;
    }
    const data = source.read(i % 8).map((value, at) => value ^ ((at * 2654435761 + i * 40503) >>> 29));
    const raw = { height, width, channels: 3 as const };
    await sharp(data, { raw }).toFormat(format, { quality: 90 }).toFile(file(i));
  }
}

/** Also for how long the event loop was held at most while images were decoded. */
async function timeOurs(folder: string, workers: number): Promise<{ ours: Rates; longestMs: number }> {
  const source = await imageFolder(folder, { size, workers, cache: false });
  const delay = monitorEventLoopDelay({ resolution: 1 });
  const rates: number[] = [];
  let longestMs = 0;
  for (let epoch = 0; epoch < 2; epoch++) {
    if (epoch === 0) delay.enable();
    const start = performance.now();
    let count = 0;
    for await (const { images, index } of loader(source, { batch, epochs: 1 })) {
      count += index.length;
      images.dispose();
    }
    rates.push((1000 * count) / (performance.now() - start));
    if (epoch === 0) longestMs = delay.max / 1e6;
    delay.disable();
  }
  await source.close();
  const [first = Number.NaN, second = Number.NaN] = rates;
  return { ours: { first, second }, longestMs };
}

async function timePeer(python: string, folder: string, workers: number): Promise<Rates> {
  const program = benchPath('peers/loading.py');
  const options = { '--size': size, '--workers': workers, '--batch': batch };
  const { stdout } = await promisify(execFile)(python, [
    program,
    folder,
    ...Object.entries(options).flat().map(String),
  ]);
  const rates: unknown = JSON.parse(stdout);
  if (!Array.isArray(rates)) throw new EigenganError(`bench loading: ${program} printed ${stdout}`);
  return { first: Number(rates[0]), second: Number(rates[1]) };
}
