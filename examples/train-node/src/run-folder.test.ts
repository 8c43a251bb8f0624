import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createRunFolder } from './run-folder';

let folder = '';
let home = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'eigengan-'));
  home = process.cwd();
  process.chdir(folder);
});
afterEach(async () => {
  process.chdir(home);
  await rm(folder, { recursive: true });
});

describe('createRunFolder', () => {
  it('numbers the runs and never gives one number twice', async () => {
    const folders = await Promise.all([1, 2, 3].map(() => createRunFolder(undefined, 'portraits')));
    expect(folders.map(({ path }) => path).sort()).toEqual(
      ['001', '002', '003'].map((number) => join('runs', `portraits-${number}`)),
    );
  });

  it('takes a folder that is new or empty', async () => {
    expect((await createRunFolder('mine', 'portraits')).checkpoint).toBe(
      join('mine', 'checkpoint.safetensors'),
    );
    await createRunFolder('mine', 'portraits');
  });

  it('refuses a folder with anything in it and says how to resume', async () => {
    await createRunFolder('mine', 'portraits');
    await writeFile(join('mine', 'log.jsonl'), '');
    await expect(createRunFolder('mine', 'portraits')).rejects.toThrow('--resume mine');
  });
});
