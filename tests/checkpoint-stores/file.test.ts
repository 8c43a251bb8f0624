import '@tensorflow/tfjs-backend-cpu';
import { mkdtempSync } from 'node:fs';
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileStore } from '@eigengan/trainer/node';
import { afterAll, expect, it } from 'vitest';
import { describeStore } from './describe-store';

const folder = mkdtempSync(join(tmpdir(), 'eigengan-'));
afterAll(() => rm(folder, { recursive: true }));

describeStore('fileStore', (place) => fileStore(join(folder, place)));

it('may share its folder, a run’s, with other files', async () => {
  const store = fileStore(join(folder, 'shared'));
  await mkdir(join(folder, 'shared'));
  const others = [
    'checkpoint.safetensors',
    'checkpoint-1.safetensors',
    '.checkpoint-00000001.x.tmp',
    'log.jsonl',
  ];
  for (const name of others) await writeFile(join(folder, 'shared', name), 'x');
  await store.save(3, new Uint8Array(5));
  expect(await store.list()).toEqual([{ step: 3, size: 5 }]);
  await store.remove(3);
  expect((await readdir(join(folder, 'shared'))).sort()).toEqual(others.sort());
});

it('keeps what it has when a save fails, and leaves nothing half written', async () => {
  const store = fileStore(join(folder, 'failing'));
  // A folder where the file has to go: renaming over it fails.
  await mkdir(join(folder, 'failing', 'checkpoint-00000004.safetensors', 'x'), { recursive: true });
  await store.save(3, new Uint8Array(5));
  await expect(store.save(4, new Uint8Array(6))).rejects.toThrow('checkpoint-00000004.safetensors');
  expect((await readdir(join(folder, 'failing'))).sort()).toEqual([
    'checkpoint-00000003.safetensors',
    'checkpoint-00000004.safetensors',
  ]);
});

it('refuses what is no path', () => {
  expect(() => fileStore(JSON.parse('3'))).toThrow('fileStore: folder: must be a path, got 3');
});
