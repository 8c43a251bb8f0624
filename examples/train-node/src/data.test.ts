import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { configurationOf, readConfiguration, writeConfiguration } from './configuration';
import { openData, settledData } from './data';
import { parseOptions } from './options';

const parse = (...args: string[]) => parseOptions(args, { exitOverride: true });

it('draws portraits, or what is asked for', async () => {
  for (const [data, name, shape] of [
    [undefined, 'portraits', [16, 16, 3]],
    ['portraits', 'portraits', [16, 16, 3]],
    ['sprites', 'sprites', [16, 16, 1]],
    ['rooms', 'rooms', [16, 16, 3]],
  ] as const) {
    const opened = await openData(settledData(data), 16);
    expect(opened).toMatchObject({ name, notes: [`20000 drawn ${name}`] });
    expect(opened.source.shape).toEqual(shape);
  }
});

it('takes a folder of that name by its path', () => {
  expect(settledData('./rooms')).toBe(resolve('rooms'));
  expect(settledData('hasOwnProperty')).toBe(resolve('hasOwnProperty'));
});

it('goes on with what a run was drawn from, and with nothing else', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'eigengan-'));
  try {
    const path = join(folder, 'config.json');
    await writeConfiguration(path, configurationOf(parse('--data', 'rooms')));
    expect(await readConfiguration(path, parse())).toMatchObject({ data: 'rooms' });
    expect(await readConfiguration(path, parse('--data', 'rooms'))).toMatchObject({ data: 'rooms' });
    const other = readConfiguration(path, parse('--data', 'sprites'));
    await expect(other).rejects.toThrow('--data: must be rooms as in the run that is resumed, got sprites');
  } finally {
    await rm(folder, { recursive: true });
  }
});
