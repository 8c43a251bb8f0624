import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { removeLeftovers } from './node';

test('it removes the temporary files of dead processes alone, also of one with this number', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'eigengan-'));
  const dead = spawnSync(process.execPath, ['--version']).pid;
  const temporary = (id: number) => `.file.${id}-${randomUUID()}.tmp`;
  const [writing, predecessor] = [temporary(process.pid), temporary(process.pid)];
  const others = ['.hidden.tmp', 'file', temporary(process.ppid), writing];
  const names = [...others, temporary(dead), predecessor];
  for (const name of names) await writeFile(join(folder, name), 'half');
  await utimes(join(folder, predecessor), 1, 1);
  await removeLeftovers(folder);
  expect((await readdir(folder)).sort()).toEqual(others.sort());
  await rm(folder, { recursive: true });
  await removeLeftovers(folder);
});
