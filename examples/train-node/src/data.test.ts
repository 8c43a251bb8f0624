import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { configurationOf, readConfiguration, writeConfiguration } from './configuration';
import { openData, settledData } from './data';
import { parseOptions } from './options';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'eigengan-'));
});
afterAll(() => rm(folder, { recursive: true }));

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

it('refuses what it cannot learn from', async () => {
  const picture = join(folder, 'one.png');
  await sharp({ create: { width: 8, height: 8, channels: 3, background: 'red' } }).toFile(picture);
  const empty = join(folder, 'empty');
  await mkdir(empty);
  await expect(openData(picture, 16)).rejects.toThrow('must be a folder of images or an IDX file');
  await expect(openData(empty, 16)).rejects.toThrow(empty);
  await expect(openData(join(folder, 'nowhere'), 16)).rejects.toThrow('there is no');
});

it('goes on with what a run was drawn from, and with nothing else', async () => {
  const path = join(folder, 'config.json');
  await writeConfiguration(path, configurationOf(parse('--data', 'rooms')));
  expect(await readConfiguration(path, parse())).toMatchObject({ data: 'rooms' });
  expect(await readConfiguration(path, parse('--data', 'rooms'))).toMatchObject({ data: 'rooms' });
  const other = readConfiguration(path, parse('--data', 'sprites'));
  await expect(other).rejects.toThrow('--data: must be rooms as in the run that is resumed, got sprites');
  await expect(readConfiguration(path, parse('--size', '16'))).rejects.toThrow('--size: must be 32');
});

it('does not go on with what is no run', async () => {
  const nothing = readConfiguration(join(folder, 'nothing', 'config.json'), parse());
  await expect(nothing).rejects.toThrow('must be a run folder');
});
