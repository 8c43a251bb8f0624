import { ArgumentError } from '@eigengan/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ByteSource } from '../bytes/byte-source';
import { bytesInMemory } from '../bytes/bytes-in-memory';
import type { PictureSource } from '../pictures/picture-source';
import { damagedCopy, outcomeOf } from '../testing/damaged-copy';
import { type CifarPicturesOptions, cifarPictures } from './cifar-pictures';

/** What a picture has at a place: different for each record, channel, row and column. */
const pixel = (seed: number, channel: number, y: number, x: number) =>
  (seed * 7 + channel * 80 + y * 5 + x) % 256;

/** A record as https://www.cs.toronto.edu/~kriz/cifar.html says: labels, then 1024 red, green and blue bytes. */
function record(labels: readonly number[], seed: number): number[] {
  const planes = [0, 1, 2].flatMap((channel) =>
    Array.from({ length: 1024 }, (_, i) => pixel(seed, channel, Math.floor(i / 32), i % 32)),
  );
  return [...labels, ...planes];
}

const file = (name: string, ...records: number[][]) => bytesInMemory(name, Uint8Array.from(records.flat()));
const text = (content: string) => bytesInMemory('names.txt', new TextEncoder().encode(content));

async function expectPicture(source: PictureSource, index: number, seed: number): Promise<void> {
  const picture = await source.read(index);
  if (picture instanceof Uint8Array) throw new Error('the pictures are decoded');
  expect(picture).toMatchObject({ height: 32, width: 32, channels: 3 });
  const expected = Array.from({ length: 3072 }, (_, i) =>
    pixel(seed, i % 3, Math.floor(i / 96), Math.floor(i / 3) % 32),
  );
  expect([...picture.data]).toEqual(expected);
}

const ten = [
  file('data_batch_1.bin', record([6], 1), record([9], 2)),
  file('data_batch_2.bin', record([0], 3)),
  file('test_batch.bin', record([3], 4), record([8], 5)),
];
const hundred = file('train.bin', record([11, 49], 1), record([19, 99], 2));

describe('cifarPictures', () => {
  it('reads batches of CIFAR-10 in their order', async () => {
    const source = await cifarPictures(ten);
    expect(source).toMatchObject({ labels: [6, 9, 0, 3, 8], shape: [32, 32, 3], classes: undefined });
    expect(source.names).toEqual([
      'data_batch_1.bin/0',
      'data_batch_1.bin/1',
      'data_batch_2.bin/0',
      'test_batch.bin/0',
      'test_batch.bin/1',
    ]);
    for (const index of [4, 0, 2, 1, 3]) await expectPicture(source, index, index + 1);
  });

  it('reads the fine labels of CIFAR-100, or the coarse ones', async () => {
    const source = await cifarPictures([hundred]);
    expect(source.labels).toEqual([49, 99]);
    await expectPicture(source, 1, 2);
    expect((await cifarPictures([hundred], { labels: 'coarse' })).labels).toEqual([11, 19]);
  });

  it('names the classes by the text beside the files', async () => {
    const names = ['airplane', 'automobile', 'bird', 'cat', 'deer', 'dog', 'frog', 'horse', 'ship', 'truck'];
    const source = await cifarPictures(ten, { classes: text(`${names.join('\r\n')}\n\n`) });
    expect(source.classes).toEqual(names);
    const twenty = Array.from({ length: 20 }, (_, i) => `class ${i}`);
    const coarse = await cifarPictures([hundred], { labels: 'coarse', classes: text(twenty.join('\n')) });
    expect(coarse.classes).toEqual(twenty);
    await expect(cifarPictures(ten, { classes: text('airplane\n') })).rejects.toThrow(
      'names.txt: must name the 10 classes, one a line, got 1',
    );
    await expect(cifarPictures(ten, { classes: ten[0] })).rejects.toThrow('must be a text');
  });

  it('takes the bytes of one picture alone from its file', async () => {
    const reads: [string, number, number][] = [];
    const watched = ten.map(
      (batch): ByteSource => ({
        ...batch,
        read: (offset, length) => {
          reads.push([batch.name, offset, length]);
          return batch.read(offset, length);
        },
      }),
    );
    const source = await cifarPictures(watched);
    reads.length = 0;
    await source.read(4);
    expect(reads).toEqual([['test_batch.bin', 3073 + 1, 3072]]);
  });

  it('says how long a file should be, and how long it is', async () => {
    const cut = bytesInMemory('cut.bin', new Uint8Array(6145));
    await expect(cifarPictures([ten[0]!, cut])).rejects.toThrow(
      'cut.bin: must be a whole number of records of 3073 (cifar10) or 3074 (cifar100) bytes, got 6145',
    );
    await expect(cifarPictures([hundred], { kind: 'cifar10' })).rejects.toThrow(
      'train.bin: must be a whole number of records of 3073 (cifar10) bytes, got 6148',
    );
    await expect(cifarPictures([bytesInMemory('empty.bin', new Uint8Array(0))])).rejects.toThrow('got 0');
    await expect(cifarPictures([ten[0]!, hundred])).rejects.toThrow('the files must be of one kind');
  });

  it('asks for the kind where a file can be either', async () => {
    const either = bytesInMemory('either.bin', new Uint8Array(3073 * 3074));
    await expect(cifarPictures([either])).rejects.toThrow('kind must be given');
    expect((await cifarPictures([either], { kind: 'cifar10' })).names).toHaveLength(3074);
    expect((await cifarPictures([either], { kind: 'cifar100' })).names).toHaveLength(3073);
  });

  it('refuses a label that is no class, with its place', async () => {
    await expect(cifarPictures([file('a.bin', record([1], 1), record([10], 2))])).rejects.toThrow(
      'a.bin: byte 3073: the fine label of cifar10 must be 0 .. 9, got 10',
    );
    await expect(cifarPictures([file('a.bin', record([20, 0], 1))])).rejects.toThrow(
      'a.bin: byte 0: the coarse label of cifar100 must be 0 .. 19, got 20',
    );
    await expect(cifarPictures([file('a.bin', record([0, 100], 1))], { labels: 'coarse' })).rejects.toThrow(
      'a.bin: byte 1: the fine label of cifar100 must be 0 .. 99, got 100',
    );
  });

  it('refuses what people have in place of the binary version by its name', async () => {
    const begun = (...bytes: number[]) => cifarPictures([bytesInMemory('a', Uint8Array.from(bytes))]);
    await expect(begun(0x1f, 0x8b, 8, 0)).rejects.toThrow('got "gzip". Unpack it first');
    await expect(begun(0x80, 0x02, 0x7d)).rejects.toThrow('got "a Python pickle"');
    await expect(begun(0x50, 0x4b, 3, 4)).rejects.toThrow('got "zip"');
    await expect(begun(...new TextEncoder().encode('cifar-10-batches-bin/'))).rejects.toThrow('got "tar"');
  });

  it('refuses options that are none', async () => {
    const cases: [CifarPicturesOptions, string][] = [
      [{ labels: 'coarse' }, 'cifar10 has only fine labels, got "coarse"'],
      [JSON.parse('{"kind": "cifar"}'), 'must be one of cifar10, cifar100'],
      [JSON.parse('{"label": "fine"}'), 'Did you mean "labels"?'],
    ];
    for (const [options, says] of cases) {
      await expect(cifarPictures(ten, options)).rejects.toThrow(says);
      await expect(cifarPictures(ten, options)).rejects.toThrow(ArgumentError);
    }
    await expect(cifarPictures([])).rejects.toThrow('needs a list of files');
    await expect((await cifarPictures(ten)).read(5)).rejects.toThrow('at most 4');
  });

  it('answers damaged files with pictures of 32 x 32, or an error of ours', async () => {
    const whole = [
      Uint8Array.from([...record([6], 1), ...record([9], 2)]),
      Uint8Array.from([...record([11, 49], 1), ...record([19, 99], 2)]),
    ];
    const place = fc.oneof(fc.nat(2), fc.integer({ min: 3072, max: 3076 }), fc.nat(6148));
    const damage = fc.record({
      from: fc.constantFrom(...whole),
      changes: fc.array(fc.tuple(place, fc.oneof(fc.nat(12), fc.nat(255))), { maxLength: 4 }),
      length: fc.oneof(fc.constantFrom(3073, 3074, 6146, 6148), fc.nat(6148)),
      labels: fc.constantFrom('fine', 'coarse', undefined),
    });
    const outcomes = { read: 0, refused: 0 };
    await fc.assert(
      fc.asyncProperty(damage, async ({ from, changes, length, labels }) => {
        const bytes = damagedCopy(from, changes, from.length - Math.min(from.length, length));
        const outcome = await outcomeOf(async () => {
          const source = await cifarPictures([bytesInMemory('a', bytes)], { labels });
          const picture = await source.read(source.names.length - 1);
          expect(picture).toMatchObject({ height: 32, width: 32, channels: 3 });
          expect('data' in picture && picture.data.length).toBe(3072);
        });
        outcomes[outcome]++;
      }),
      { numRuns: 3000 },
    );
    expect(Math.min(outcomes.read, outcomes.refused)).toBeGreaterThan(300);
  });
});
