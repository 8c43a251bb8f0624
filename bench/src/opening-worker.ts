// Run by opening.ts: `opening-worker.ts folder|zip|parquet PATH`, or `opening-worker.ts shuffled PATH READS`.
import '@tensorflow/tfjs-backend-cpu';
import 'sharp';
import { assertOneOf } from '@eigengan/core';
import { type ImageSet, loader } from '@eigengan/datasets';
import { imageFolder, parquetFiles, zipFile } from '@eigengan/datasets/node';
import type { Opened } from './opening';
import { peakBytes } from './peak-memory';

const [work, path = '', reads] = process.argv.slice(2);
assertOneOf('work', work, ['folder', 'zip', 'parquet', 'shuffled']);
const options = { size: 32, workers: 1, cache: false, memory: 0 } as const;
const before = (await peakBytes()) ?? Number.NaN;
const start = performance.now();
const count = work === 'shuffled' ? await readShuffled(Number(reads)) : (await open(work)).length;
const seconds = (performance.now() - start) / 1000;
const opened: Opened = { count, seconds, bytes: ((await peakBytes()) ?? Number.NaN) - before };
console.log(JSON.stringify(opened));

async function open(kind: 'folder' | 'zip' | 'parquet'): Promise<ImageSet> {
  if (kind === 'folder') return imageFolder(path, options);
  return kind === 'zip' ? zipFile(path, options) : parquetFiles([path], options);
}

/** Reads so many pictures of a Parquet file in the order of a shuffled epoch. */
async function readShuffled(wanted: number): Promise<number> {
  const set = await open('parquet');
  let done = 0;
  for await (const { images, index } of loader(set, { batch: 32 })) {
    images.dispose();
    done += index.length;
    if (done >= wanted) break;
  }
  await set.close();
  return done;
}
