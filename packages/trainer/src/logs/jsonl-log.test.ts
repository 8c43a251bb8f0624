import '@tensorflow/tfjs-backend-cpu';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { jsonlLog as jsonlLines, stuck } from '../index';
import { jsonlLog } from '../node';
import { tinyLoader, tinyTrainer } from '../testing/tiny-gan';

let folder = '';
beforeAll(async () => {
  await tf.setBackend('cpu');
  folder = await mkdtemp(join(tmpdir(), 'eigengan-'));
});
afterAll(() => rm(folder, { recursive: true }));

const linesOf = async (path: string) => (await readFile(path, 'utf8')).trimEnd().split('\n');

test('it writes each step’s log as a line: step, images, seconds, then the rest', async () => {
  const path = join(folder, 'made/for/it', 'log.jsonl');
  const lines: string[] = [];
  const { history } = await tinyTrainer().fit(tinyLoader(), {
    steps: 2,
    callbacks: [jsonlLog(path), jsonlLines((line) => void lines.push(line))],
  });
  const records = (await linesOf(path)).map((line) => JSON.parse(line));
  expect(records.map(({ d_loss }) => d_loss)).toEqual(history.d_loss);
  expect(records.map(({ images }) => images)).toEqual([4, 8]);
  expect(Object.keys(records[0]).slice(0, 5)).toEqual(['step', 'images', 'seconds', 'd_loss', 'd_real']);
  expect(records[0].seconds).toBeGreaterThan(0);
  expect(records[1].seconds).toBeGreaterThan(records[0].seconds);
  const timeless = (line: string) => line.replace(/"seconds":[^,]+,/, '');
  expect(lines.map(timeless)).toEqual((await linesOf(path)).map(timeless));
});

test('a line holds what is asked for, and null where a metric is no finite number', async () => {
  const lines: string[] = [];
  const log = jsonlLines((line) => void lines.push(line), {
    record: ({ ratio = 0 }) => ({ ratio, name: 'mine' }),
  });
  const trainer = tinyTrainer({ metrics: { ratio: () => tf.div(tf.scalar(1), tf.scalar(0)) } });
  await trainer.fit(tinyLoader(), { steps: 1, callbacks: log });
  expect(lines[0]?.replace(/"seconds":[^,]+/, '"seconds":0')).toBe(
    '{"step":1,"seconds":0,"ratio":null,"name":"mine"}',
  );
});

test('an event is a line of its own after its step’s, in a run from its start and in one that has nothing to do', async () => {
  const path = join(folder, 'events', 'log.jsonl');
  const trainer = tinyTrainer();
  const watch = [stuck({ every: 2, below: 1e9 })];
  const { events } = await trainer.fit(tinyLoader(), { steps: 3, watch, callbacks: jsonlLog(path) });
  await trainer.fit(tinyLoader(), { steps: 3, watch, callbacks: jsonlLog(path) });
  const lines = (await linesOf(path)).map((line) => JSON.parse(line));
  expect(lines.map(({ step, event }) => [step, event])).toEqual([
    [1, undefined],
    [2, undefined],
    [2, 'stuck'],
    [3, undefined],
    [3, 'no-steps'],
  ]);
  const [, second, event] = lines;
  expect(event).toEqual({
    step: 2,
    seconds: second.seconds,
    event: 'stuck',
    message: events[0]?.message,
    'stuck/discriminator_movement': events[0]?.numbers.discriminator_movement,
    'stuck/generator_movement': events[0]?.numbers.generator_movement,
  });
});

test('a resumed run drops what came after its checkpoint, a line cut off by a crash too, and goes on in seconds', async () => {
  const path = join(folder, 'resumed.jsonl');
  const first = tinyTrainer();
  await first.fit(tinyLoader(), { steps: 2 });
  const checkpoint = await first.checkpoint();
  await writeFile(path, '{"step":1}\n{"step":2,"seconds":7.5}\n{"step":3}\n{"step":4,"d_lo');

  const second = tinyTrainer();
  await second.restore(checkpoint);
  const callbacks = jsonlLog(path);
  await second.fit(tinyLoader(), { steps: 4, callbacks });
  const kept = await linesOf(path);
  expect(kept.slice(0, 2)).toEqual(['{"step":1}', '{"step":2,"seconds":7.5}']);
  expect(kept.map((line) => JSON.parse(line).step)).toEqual([1, 2, 3, 4]);
  expect(JSON.parse(kept[2] ?? '').seconds).toBeGreaterThan(7.5);
  expect(JSON.parse(kept[3] ?? '').seconds).toBeLessThan(60);

  // The same callback again: after a step back, and after none.
  await second.restore(checkpoint);
  await second.fit(tinyLoader(), { steps: 3, callbacks });
  await second.fit(tinyLoader(), { steps: 5, callbacks });
  expect((await linesOf(path)).map((line) => JSON.parse(line).step)).toEqual([1, 2, 3, 4, 5]);
});

test('a whole last line without its end gets it; a run from the start keeps another’s log under another name', async () => {
  const path = join(folder, 'whole.jsonl');
  const trainer = tinyTrainer();
  await trainer.fit(tinyLoader(), { steps: 1 });
  await writeFile(path, '{"step":1}');
  await trainer.fit(tinyLoader(), { steps: 2, callbacks: jsonlLog(path) });
  expect((await linesOf(path)).map((line) => JSON.parse(line).step)).toEqual([1, 2]);
  const before = await linesOf(path);
  await tinyTrainer().fit(tinyLoader(), { steps: 1, callbacks: jsonlLog(path) });
  const another = await linesOf(path);
  await tinyTrainer().fit(tinyLoader(), { steps: 3, callbacks: jsonlLog(path) });
  expect((await linesOf(path)).map((line) => JSON.parse(line).step)).toEqual([1, 2, 3]);
  expect(await linesOf(join(folder, 'whole-1.jsonl'))).toEqual(before);
  expect(await linesOf(join(folder, 'whole-2.jsonl'))).toEqual(another);
});

test('what is lost when a callback throws is nothing', async () => {
  const path = join(folder, 'thrown.jsonl');
  const throwing = {
    onBatchEnd: (step: number) => (step === 2 ? Promise.reject(new Error('no')) : undefined),
  };
  const running = tinyTrainer().fit(tinyLoader(), { steps: 9, callbacks: [jsonlLog(path), throwing] });
  await expect(running).rejects.toThrow('no');
  expect((await linesOf(path)).map((line) => JSON.parse(line).step)).toEqual([1, 2, 3]);
});

test('what is no path and no function is refused, and a folder that cannot be written to stops the run', async () => {
  const nothing = JSON.parse('3');
  expect(() => jsonlLog(nothing)).toThrow('jsonlLog: must get the path of a file, got 3');
  expect(() => jsonlLines(nothing)).toThrow('jsonlLog: must get a function (line) => void, got 3');
  await writeFile(join(folder, 'file'), '');
  const running = tinyTrainer().fit(tinyLoader(), {
    steps: 1,
    callbacks: jsonlLog(join(folder, 'file', 'x')),
  });
  await expect(running).rejects.toThrow(/EEXIST|ENOTDIR/);
});
