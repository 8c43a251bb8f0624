import '@tensorflow/tfjs-backend-cpu';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TensorBoardContent, tensorBoard } from '../../index';
import { tensorBoard as tensorBoardFolder } from '../../node';
import { type Message, readEvents, readMessage } from '../../testing/read-events';
import { tinyLoader, tinyTrainer } from '../../testing/tiny-gan';
import { histogramOf } from './histogram';

let folder = '';
beforeAll(async () => {
  await tf.setBackend('cpu');
  folder = await mkdtemp(join(tmpdir(), 'eigengan-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** A PNG file's beginning, all that is looked at: 3 x 5 pixels, RGB. */
const png = Uint8Array.from([
  ...[0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52],
  ...[0, 0, 0, 3, 0, 0, 0, 5, 8, 2, 0, 0, 0],
]);

/** What a run of so many steps writes, and its history. */
async function events(steps: number, content: TensorBoardContent = {}, trainer = tinyTrainer()) {
  const parts: Uint8Array[] = [];
  const callbacks = tensorBoard({ write: (bytes) => void parts.push(bytes), ...content });
  const { history } = await trainer.fit(tinyLoader(), { steps, callbacks });
  return { parts, history, events: readEvents(Buffer.concat(parts)) };
}

const bytesAt = (message: Message, field: number) =>
  (message.get(field) ?? []).map((value) => (typeof value === 'number' ? new Uint8Array() : value));
const textAt = (message: Message, field: number) => new TextDecoder().decode(bytesAt(message, field)[0]);
const doublesAt = (message: Message, field: number) => [
  ...new Float64Array(bytesAt(message, field)[0]?.buffer ?? new ArrayBuffer(0)),
];

/** Tag -> the summary of it. */
const summaries = (event: Message | undefined) =>
  new Map(
    bytesAt(event ?? new Map(), 5)
      .flatMap((summary) => bytesAt(readMessage(summary), 1).map(readMessage))
      .map((value) => [textAt(value, 1), value]),
  );

test('an event file begins as TensorFlow’s do, and says where the run begins', async () => {
  const { parts, events: all } = await events(1);
  // The length of the first event and its masked checksum, as in any file TensorFlow writes.
  const known = [0x18, 0, 0, 0, 0, 0, 0, 0, 0xa3, 0x7f, 0x4b, 0x22, 0x09];
  expect([...(parts[0] ?? [])].slice(0, 13)).toEqual(known);
  const [version = new Map(), start = new Map()] = all;
  expect(textAt(version, 3)).toBe('brain.Event:2');
  expect(Math.abs(Number(version.get(1)?.[0]) - Date.now() / 1000)).toBeLessThan(60);
  expect(start.get(2)).toEqual([1]);
  expect(bytesAt(start, 7)).toEqual([Uint8Array.from([8, 1])]);
});

test('the numbers of each step’s log are curves', async () => {
  const { events: all, history } = await events(3);
  const steps = all.slice(2);
  expect(steps.map((event) => event.get(2))).toEqual([[1], [2], [3]]);
  for (const name of ['d_loss', 'd_real', 'g_loss', 'g_regularization', 'penalty_evaluated']) {
    const values = steps.map((event) => summaries(event).get(name)?.get(2)?.[0]);
    expect(values, name).toEqual(history[name]?.map(Math.fround));
  }
  expect(steps.map((event) => summaries(event).has('penalty'))).toEqual([true, false, false]);
  expect(summaries(steps[0]).has('images')).toBe(false);
});

test('each kind comes when it is due, pictures with their size, and no step without any is written', async () => {
  const seen: unknown[] = [];
  const { events: all } = await events(6, {
    scalars: { every: 4, of: ({ images = 0 }) => ({ 'seen/images': images }) },
    images: {
      every: 3,
      of: async ({ step }) => {
        seen.push(step);
        return { samples: png };
      },
    },
  });
  expect(all.slice(2).map((event) => event.get(2))).toEqual([[3], [4], [6]]);
  expect(seen).toEqual([3, 6]);
  expect(summaries(all[3]).get('seen/images')?.get(2)).toEqual([16]);
  const image = readMessage(bytesAt(summaries(all[2]).get('samples') ?? new Map(), 4)[0] ?? png);
  expect([image.get(1), image.get(2), image.get(3)]).toEqual([[5], [3], [3]]);
  expect(bytesAt(image, 4)).toEqual([png]);
});

test('histograms are of the tensors asked for, which leaves none behind', async () => {
  const trainer = tinyTrainer();
  await events(1, {}, trainer);
  const held = tf.tensor2d([[0.5, 0.5, -2]]);
  const before = tf.memory().numTensors;
  const { events: all } = await events(
    2,
    {
      scalars: { of: () => ({}) },
      histograms: {
        every: 1,
        of: () => ({ 'my/own': held, made: tf.add(tf.ones([3]), 1), none: tf.fill([2], NaN) }),
      },
    },
    trainer,
  );
  expect(tf.memory().numTensors).toBe(before);
  expect(held.isDisposed).toBe(false);
  expect([...summaries(all[2]).keys()]).toEqual(['my/own', 'made']);
  const own = readMessage(bytesAt(summaries(all[2]).get('my/own') ?? new Map(), 5)[0] ?? png);
  expect([1, 2, 3, 4, 5].map((field) => own.get(field)?.[0])).toEqual([-2, 0.5, 3, -1, 4.5]);
  const full = doublesAt(own, 7).flatMap((count, i) => (count > 0 ? [[doublesAt(own, 6)[i], count]] : []));
  expect(full.map(([, count]) => count)).toEqual([1, 2]);
  // TensorFlow's limits, of those above -2 and 0.5 the nearest.
  expect(full[0]?.[0]).toBeCloseTo(-1e-12 * 1.1 ** 297, 9);
  expect(full[1]?.[0]).toBeCloseTo(1e-12 * 1.1 ** 283, 9);
});

class Scale extends tfl.layers.Layer {
  static readonly className = 'Scale';
  override build(): void {
    this.addWeight('importance', [2], 'float32', tfl.initializers.ones());
    this.built = true;
  }
}

test('importances are those of the generator that is trained, also when a callback serves a second one', async () => {
  const parts: Uint8Array[] = [];
  const callbacks = tensorBoard({ write: (bytes) => void parts.push(bytes), histograms: { every: 1 } });
  for (const [step, importance] of [2, 3].entries()) {
    const layer = new Scale({ name: 'subspace', inputShape: [2] });
    const generator = tfl.sequential({ layers: [layer] });
    layer.setWeights([tf.fill([2], importance)]);
    callbacks.setModel?.(generator);
    await callbacks.onBatchEnd?.(step, { step: step + 1 });
  }
  const sums = readEvents(Buffer.concat(parts)).map((event) => {
    const histogram = bytesAt(summaries(event).get('subspace/importance') ?? new Map(), 5)[0];
    return readMessage(histogram ?? png).get(4)?.[0];
  });
  expect(sums).toEqual([4, 6]);
});

test('a histogram counts each value in the bucket it lies in, and empty ones beside one another are one', () => {
  const values = Float64Array.from({ length: 2000 }, (_, i) => Math.tan(i * 1.7) ** 3);
  const all = [...values, 0, 1e-13, -1e-13, 1e-12, 1e30, -1e30, Number.MAX_VALUE, -Number.MAX_VALUE];
  const { limits, counts, count } = histogramOf([...all, NaN, Infinity]) ?? {
    limits: [],
    counts: [],
    count: 0,
  };
  expect(count).toBe(all.length);
  limits.forEach((limit, i) => {
    const inside = all.filter(
      (value) => value >= (limits[i - 1] ?? -Infinity) && (value < limit || limit === Number.MAX_VALUE),
    );
    expect(counts[i], `below ${limit}`).toBe(inside.length);
    expect((counts[i] ?? 0) > 0 || (counts[i + 1] ?? 1) > 0).toBe(true);
  });
  expect(limits.at(-1)).toBe(Number.MAX_VALUE);
  expect(histogramOf([NaN])).toBeNull();
});

test('a resumed run adds a file that comes after those before and starts at its step', async () => {
  const path = join(folder, 'made/for/it');
  const first = tinyTrainer();
  const callbacks = tensorBoardFolder({ folder: path });
  await first.fit(tinyLoader(), { steps: 2, callbacks });
  const checkpoint = await first.checkpoint();
  await first.fit(tinyLoader(), { steps: 4, callbacks });

  const second = tinyTrainer();
  await second.restore(checkpoint);
  await second.fit(tinyLoader(), { steps: 3, callbacks: tensorBoardFolder({ folder: path }) });
  const names = (await readdir(path)).sort();
  expect(names).toHaveLength(2);
  for (const name of names) expect(name).toMatch(/^events\.out\.tfevents\.\d{10}\..+/);
  const files = await Promise.all(names.map((name) => readFile(join(path, name))));
  const starts = files.map((file) => readEvents(file).map((event) => [event.has(7), event.get(2)?.[0]]));
  expect(starts).toEqual([
    [
      [false, undefined],
      [true, 1],
      [false, 1],
      [false, 2],
      [false, 3],
      [false, 4],
    ],
    [
      [false, undefined],
      [true, 3],
      [false, 3],
    ],
  ]);
});

test('one callback, its trainer set back, says so in its file', async () => {
  const trainer = tinyTrainer();
  await trainer.fit(tinyLoader(), { steps: 1 });
  const checkpoint = await trainer.checkpoint();
  const parts: Uint8Array[] = [];
  const callbacks = tensorBoard({ write: (bytes) => void parts.push(bytes) });
  await trainer.fit(tinyLoader(), { steps: 3, callbacks });
  await trainer.restore(checkpoint);
  await trainer.fit(tinyLoader(), { steps: 2, callbacks });
  const all = readEvents(Buffer.concat(parts)).map((event) => [event.has(7), event.get(2)?.[0]]);
  expect(all.slice(1)).toEqual([
    [true, 2],
    [false, 2],
    [false, 3],
    [true, 2],
    [false, 2],
  ]);
});

test('what breaks a rule is refused by name', async () => {
  const wrong = JSON.parse('"a"');
  const write = () => {};
  expect(() => tensorBoard({ write: wrong })).toThrow('tensorBoard: write: must be a function');
  expect(() => tensorBoardFolder({ folder: JSON.parse('1') })).toThrow('tensorBoard: folder: must be a path');
  expect(() => tensorBoard({ write, scalars: { every: 0 } })).toThrow('scalars.every: must be an integer');
  expect(() => tensorBoard({ write, images: { every: 1, of: wrong } })).toThrow(
    'images.of: must be a function',
  );
  expect(() => tensorBoard({ write, histograms: { every: 1.5 } })).toThrow(
    'histograms.every: must be an integer',
  );
  await expect(events(1, { histograms: { every: 1 } })).rejects.toThrow(
    'tensorBoard: histograms.of: must be given: no subspace layer, got "generator"',
  );
  await expect(events(1, { images: { every: 1, of: () => ({ a: new Uint8Array(40) }) } })).rejects.toThrow(
    'tensorBoard: image a: must be the bytes of a PNG file',
  );
  await expect(events(1, { histograms: { every: 1, of: () => ({ a: wrong }) } })).rejects.toThrow(
    'tensorBoard: histogram a: must be a tensor, got "a"',
  );
});
