import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { seededStream } from '@eigengan/core';
import { build } from 'esbuild';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { killedCache, killedImage } from '../testing/killed-cache';
import { openCacheFile } from './cache-file';

const source = (path: string) => fileURLToPath(new URL(path, import.meta.url));

let folder = '';
let program = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'killed-cache-'));
  program = join(folder, 'caching-process.mjs');
  await build({
    entryPoints: [source('../testing/caching-process.ts')],
    outfile: program,
    bundle: true,
    platform: 'node',
    format: 'esm',
    alias: { '@eigengan/core': source('../../../core/src/index.ts') },
  });
});
afterAll(() => rm(folder, { recursive: true }));

/** Starts a process that fills the cache; it is killed when it has come past so many images, if given. */
async function fill(first: number, killedAfter = Number.POSITIVE_INFINITY): Promise<NodeJS.Signals | null> {
  const filling = spawn(process.execPath, [program, join(folder, 'cache'), String(first)]);
  const closed = new Promise<NodeJS.Signals | null>((resolve) => {
    filling.once('close', (_, signal) => resolve(signal));
  });
  const failed = new Promise<never>((_, reject) => {
    filling.stderr.once('data', (text) => reject(new Error(String(text))));
  });
  let passed = 0;
  filling.stdout.on('data', (text) => {
    passed += String(text).split('\n').length - 1;
    if (passed >= killedAfter) filling.kill('SIGKILL');
  });
  return Promise.race([closed, failed]);
}

/** How many images are there; fails when one is another than it should be. */
async function countWhole(): Promise<number> {
  const cache = await openCacheFile(join(folder, 'cache'), killedCache);
  let whole = 0;
  for (let index = 0; index < killedCache.length; index++) {
    const found = await cache.read(index);
    if (found === undefined) continue;
    whole++;
    expect('image' in found && Buffer.compare(found.image, killedImage(index).image)).toBe(0);
  }
  await cache.close();
  return whole;
}

it('a cache whose process is killed at any moment gives the right bytes or none, and is filled by the next', async () => {
  const stream = seededStream(1, 'kills');
  let killed = 0;
  const counts: number[] = [];
  for (let round = 0; round < 4; round++) {
    await rm(join(folder, 'cache'), { recursive: true, force: true });
    // Two at once, of which one is killed while the other writes.
    const signals = await Promise.all([
      fill(round, 1 + stream.integer(20)),
      round % 3 === 0 ? fill(round + 20) : fill(round + 20, 1 + stream.integer(20)),
    ]);
    killed += signals.filter((signal) => signal === 'SIGKILL').length;
    counts.push(await countWhole());
  }
  expect(killed).toBeGreaterThan(3);
  expect(Math.min(...counts)).toBeLessThan(killedCache.length);
  expect(Math.max(...counts)).toBe(killedCache.length);
  await fill(0);
  expect(await countWhole()).toBe(killedCache.length);
});
