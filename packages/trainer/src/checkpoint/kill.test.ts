import '@tensorflow/tfjs-backend-cpu';
import { spawn } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { seededStream } from '@eigengan/core';
import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import { build } from 'vite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import config from '../../../../vitest.config';
import { resumeFrom } from '../index';
import { fileStore, saveCheckpoint } from '../node';
import { tinyTrainer } from '../testing/tiny-gan';

const kills = 50;
/** In milliseconds; a save takes some five. */
const longestDelay = 15;

let folder = '';
beforeAll(async () => {
  await tf.setBackend('cpu');
  folder = await mkdtemp(join(tmpdir(), 'eigengan-kill-'));
  // One file without tfjs starts in a tenth of the time of the sources.
  await build({
    configFile: false,
    logLevel: 'error',
    resolve: config.resolve ?? {},
    ssr: { noExternal: true },
    build: {
      ssr: fileURLToPath(new URL('../testing/saving-process.ts', import.meta.url)),
      outDir: folder,
      rolldownOptions: { output: { entryFileNames: 'saving-process.mjs' } },
    },
  });
});
afterAll(() => rm(folder, { recursive: true }));

/** A trainer whose checkpoint is of half a megabyte, so that writing it takes a while. */
function largerTrainer() {
  const discriminator = tfl.sequential({
    layers: [
      tfl.layers.flatten({ inputShape: [4, 4, 1] }),
      tfl.layers.dense({ units: 200 }),
      tfl.layers.dense({ units: 200 }),
      tfl.layers.dense({ units: 1 }),
    ],
  });
  return tinyTrainer({ discriminator });
}

/**
 * Starts a process that saves, lets it say so many lines and live for so long after that, and kills it.
 *
 * @returns the last step that it said to be saved
 */
async function killSaving(store: string, lines: number, delay: number): Promise<number> {
  const program = join(folder, 'saving-process.mjs');
  const saving = spawn(process.execPath, [program, store, join(folder, 'checkpoint.safetensors')]);
  const closed = new Promise((resolve) => saving.once('close', (_, signal) => resolve(signal)));
  let said: string[] = [];
  await new Promise((resolve, reject) => {
    saving.stderr.on('data', (text) => reject(new Error(String(text))));
    let text = '';
    saving.stdout.on('data', (more) => {
      text += more;
      said = text.split('\n').slice(0, -1);
      if (said.length >= lines) resolve(undefined);
    });
  });
  await sleep(delay);
  saving.kill('SIGKILL');
  expect(await closed).toBe('SIGKILL');
  return Number(said.slice(1).at(-1) ?? 0);
}

test('a process that is killed at any moment of a save leaves a checkpoint to go on from, 50 times of 50', async () => {
  const trainer = largerTrainer();
  await saveCheckpoint(trainer, join(folder, 'checkpoint.safetensors'));
  const stream = seededStream(1, 'kills');
  const place = join(folder, 'store');
  const store = fileStore(place);
  const temporaries = async () =>
    (await readdir(place).catch(() => [])).filter((name) => name.endsWith('.tmp'));
  let [acknowledged, halfWritten] = [0, 0];
  for (let kill = 0; kill < kills; kill++) {
    const before = new Set(await temporaries());
    acknowledged = Math.max(
      acknowledged,
      await killSaving(place, 1 + stream.integer(3), longestDelay * stream.uniform()),
    );
    const left = await temporaries();
    expect(left.length).toBeLessThanOrEqual(1);
    halfWritten += left.filter((name) => !before.has(name)).length;
    const resumed = await resumeFrom(trainer, store);
    expect(resumed?.skipped ?? []).toEqual([]);
    expect(resumed?.checkpoint.step ?? 0).toBeGreaterThanOrEqual(acknowledged);
  }
  // The kills met what they were to meet.
  expect(acknowledged).toBeGreaterThan(kills / 2);
  expect(halfWritten).toBeGreaterThan(0);
  await store.save(acknowledged + 10, await trainer.checkpoint());
  expect(await temporaries()).toEqual([]);
});
