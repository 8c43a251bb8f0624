import { ArgumentError, FormatError } from '@eigengan/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ByteSource } from '../bytes/byte-source';
import { bytesInMemory } from '../bytes/bytes-in-memory';
import type { PictureSource } from '../pictures/picture-source';
import { damagedCopy, outcomeOf } from '../testing/damaged-copy';
import { type NpyPicturesOptions, npyPictures } from './npy-pictures';
import fixtures from './numpy-fixtures.json';
import type { ValueRange } from './value-range';

/** A file that numpy wrote: see numpy-fixtures.py. */
const bytesOf = (name: keyof typeof fixtures) => new Uint8Array(Buffer.from(fixtures[name], 'base64'));
const numpy = (name: keyof typeof fixtures) => bytesInMemory(`${name}.npy`, bytesOf(name));
const open = (name: keyof typeof fixtures, options?: NpyPicturesOptions) => npyPictures(numpy(name), options);

async function dataOf(source: PictureSource, index: number): Promise<number[]> {
  const picture = await source.read(index);
  if (picture instanceof Uint8Array) throw new Error('an array holds decoded pictures');
  expect([picture.height, picture.width, picture.channels]).toEqual(source.shape);
  return [...picture.data];
}

const count = (length: number, step = 1, first = 0) => Array.from({ length }, (_, i) => first + i * step);

/** An .npy file of bytes, of any header. */
function written(header: string, values: readonly number[] = count(30), version = 1): Uint8Array {
  const length = version === 1 ? [header.length & 255, header.length >> 8] : [header.length, 0, 0, 0];
  return Uint8Array.from([
    ...[0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, version, 0, ...length],
    ...Array.from(header, (character) => character.charCodeAt(0)),
    ...values,
  ]);
}
const headed = (header: string, values?: readonly number[]) =>
  npyPictures(bytesInMemory('a.npy', written(header, values)));

describe('npyPictures', () => {
  const ranges: Readonly<Record<string, ValueRange | undefined>> = {
    i1: [-60, 67.5],
    i2: [-100, 155],
    u4: [0, 255],
    i4: [-100, 155],
    u8: [0, 255],
    i8: [-100, 155],
    f2: [0, 255 / 8 / 32],
    f4: [-1, 1],
    f8: [-1, 1],
  };
  const types = Object.keys(fixtures).filter((name) => /^[<>|][biuf]\d/.test(name));

  it.each(types)('reads numbers of type %s as numpy wrote them', async (name) => {
    const code = name.slice(1, 3);
    const source = await open(name as keyof typeof fixtures, { range: ranges[code] });
    expect(source).toMatchObject({ names: ['0', '1', '2'], shape: [2, 5, 1], labels: undefined });
    for (const index of [2, 0, 1]) {
      const numbers = count(10, 1, 10 * index);
      const expected = numbers.map((i) => (code === 'b1' ? (i % 3 === 0 ? 255 : 0) : 8 * i));
      expect(await dataOf(source, index)).toEqual(expected);
    }
  });

  it('was given every type, in both byte orders and both orders of dimensions', () => {
    expect(types).toHaveLength(2 * (3 + 2 * 9));
  });

  it('finds the channels where alone they can be, or where they are said to be', async () => {
    for (const order of ['', ' fortran'] as const) {
      const last = await open(`nhwc${order}`);
      expect(last.shape).toEqual([5, 6, 3]);
      expect(await dataOf(last, 1)).toEqual(count(90, 1, 90));
      const first = await open(`nchw${order}`);
      expect(first.shape).toEqual([5, 6, 3]);
      const planes = count(30).flatMap((i) => [90 + i, 120 + i, 150 + i]);
      expect(await dataOf(first, 1)).toEqual(planes);
      expect((await open(`either${order}`, { layout: 'nchw' })).shape).toEqual([5, 4, 3]);
      const either = await open(`either${order}`, { layout: 'nhwc' });
      expect(await dataOf(either, 1)).toEqual(count(60, 1, 60));
    }
    expect((await open('alpha')).shape).toEqual([5, 6, 2]);
    await expect(open('either')).rejects.toThrow(
      "either.npy: the channels could be the second or the last dimension, got [2, 3, 5, 4]. Give layout: 'nhwc' or 'nchw'",
    );
    await expect(open('neither')).rejects.toThrow('must be 1 to 4 channels, got [2, 5, 5, 5]');
    await expect(open('nchw', { layout: 'nhwc' })).rejects.toThrow('nhwc must have 1 to 4 channels');
    await expect(open('one picture')).rejects.toThrow('[1, height, width, channels]');
  });

  it('reads versions 1, 2 and 3, and the numbers of Python 2', async () => {
    for (const version of [1, 2, 3] as const) {
      expect(await dataOf(await open(`version ${version}`), 2)).toEqual(count(10, 8, 160));
    }
    const old = await headed("{'descr': '|u1', 'fortran_order': False, 'shape': (3L, 2L, 5L), }  \n");
    expect(await dataOf(old, 1)).toEqual(count(10, 1, 10));
  });

  it('reads labels of one number, or of several', async () => {
    expect((await open('|u1', { labels: numpy('labels') })).labels).toEqual([7, 0, 255]);
    expect((await open('|u1', { labels: numpy('labels of one column') })).labels).toEqual([7, 0, 9]);
    expect((await open('|u1', { labels: numpy('labels of two columns') })).labels).toEqual([
      [0.5, 1],
      [2, 3],
      [4, -5],
    ]);
    await expect(open('nhwc', { labels: numpy('labels') })).rejects.toThrow(
      'labels.npy: labels: must be as many as the 2 pictures, got 3',
    );
    await expect(open('|u1', { labels: numpy('|u1') })).rejects.toThrow('[pictures] or [pictures, values]');
    await expect(open('|u1', { labels: numpy('labels too large') })).rejects.toThrow('below 2^53');
  });

  it('takes the bytes of one picture alone from an array in the order of C', async () => {
    const reads: number[][] = [];
    const file: ByteSource = numpy('<f4');
    const source = await npyPictures(
      {
        ...file,
        read: (offset, length) => {
          reads.push([offset, length]);
          return file.read(offset, length);
        },
      },
      { range: [-1, 1], maxBytes: 40 },
    );
    reads.length = 0;
    await source.read(1);
    expect(reads).toEqual([[128 + 40, 40]]);
    await expect(open('<f4', { range: [-1, 1], maxBytes: 39 })).rejects.toThrow('a picture may take at most');
    await expect(open('<f4 fortran', { range: [-1, 1], maxBytes: 119 })).rejects.toThrow(
      "an array in Fortran's order may take at most maxBytes = 119 bytes, got 120",
    );
  });

  it('turns values upside down where white is the smaller one', async () => {
    expect(await dataOf(await open('|u1', { range: [255, 0] }), 0)).toEqual(count(10, -8, 255));
  });

  it('never cuts a value off: beyond the range, or NaN, its picture is damaged, the others are not', async () => {
    const source = await open('nan', { range: [0, 1] });
    expect(await dataOf(source, 0)).toEqual([0, 128, 255, 0, 0]);
    await expect(source.read(1)).rejects.toThrow(
      'nan.npy: picture 1: row 0, column 1, channel 0: must be in the range [0, 1], got NaN',
    );
    await expect(source.read(2)).rejects.toThrow(
      'row 0, column 3, channel 0: must be in the range [0, 1], got 1.5',
    );
    await expect(source.read(2)).rejects.toThrow(FormatError);
    await expect((await open('|u1', { range: [0, 1] })).read(0)).rejects.toThrow('got 8');
  });

  it('asks for the range that a type does not say, with the values that it found', async () => {
    await expect(open('<f4')).rejects.toThrow(
      "range must say which values of float32 are black and white, got undefined. The first picture's go from -1 to -0.43",
    );
    await expect(open('<i8 fortran')).rejects.toThrow('go from -100 to -28');
  });

  it('refuses what is no array of numbers by its name', async () => {
    await expect(open('objects')).rejects.toThrow('got "Python objects". Objects are pickles');
    await expect(open('structured')).rejects.toThrow('got "a structured dtype"');
    await expect(open('complex')).rejects.toThrow('got "<c8"');
    await expect(open('text')).rejects.toThrow('got "<U1"');
    await expect(open('dates')).rejects.toThrow('got "<M8[s]"');
    await expect(open('empty')).rejects.toThrow('may be 0, got [0, 2, 5]');
    await expect(open('scalar')).rejects.toThrow('[pictures, height, width]');
  });

  it('says what a damaged file should be, and what it is', async () => {
    const whole = bytesOf('|u1');
    const cut = (bytes: Uint8Array) => npyPictures(bytesInMemory('a.npy', bytes));
    await expect(cut(whole.subarray(0, 157))).rejects.toThrow(
      'a.npy: shape [3, 2, 5] of uint8 needs a file of 158 bytes, got 157',
    );
    await expect(cut(Uint8Array.from([...whole, 0]))).rejects.toThrow('a file of 158 bytes, got 159');
    await expect(cut(whole.subarray(0, 60))).rejects.toThrow('the header must end at byte 128');
    await expect(cut(whole.subarray(0, 8))).rejects.toThrow('at least 12 bytes, got 8');
    await expect(cut(new Uint8Array(0))).rejects.toThrow('begins with the bytes 147, 78, 85, 77, 80, 89');
    await expect(cut(written('{}', [], 4))).rejects.toThrow('version must be 1, 2 or 3, got 4');
    await expect(headed("{'descr': '|u1', 'shape': (3, 2, 5)}")).rejects.toThrow('must have the keys');
    await expect(
      headed("{'descr': '|u1', 'fortran_order': False, 'shape': (99999999999999999999, 2, 5)}"),
    ).rejects.toThrow(FormatError);
    await expect(
      headed("{'descr': '|u1', 'fortran_order': False, 'shape': (9007199254740991, 9007199254740991, 5)}"),
    ).rejects.toThrow(FormatError);
    await expect(headed('__import__("os").abort()')).rejects.toThrow('header: character 0');
    await expect(headed('('.repeat(60_000))).rejects.toThrow('at most 16 deep');
  });

  it('refuses options that are none', async () => {
    const cases: [NpyPicturesOptions, string][] = [
      [{ range: [1, 1] }, 'black and white must differ'],
      [{ range: [0, Number.NaN] }, 'finite'],
      [{ maxBytes: 0 }, 'at least 1'],
      [JSON.parse('{"layout": "chw"}'), 'Did you mean "nchw"?'],
      [JSON.parse('{"ranges": [0, 1]}'), 'Did you mean "range"?'],
    ];
    for (const [options, says] of cases) {
      await expect(open('|u1', options)).rejects.toThrow(says);
      await expect(open('|u1', options)).rejects.toThrow(ArgumentError);
    }
  });

  it('gives a fingerprint that tells options apart', async () => {
    const marks = await Promise.all([
      open('nhwc').then(({ fingerprint }) => fingerprint),
      open('nhwc', { range: [255, 0] }).then(({ fingerprint }) => fingerprint),
      open('either', { layout: 'nhwc' }).then(({ fingerprint }) => fingerprint),
      open('either', { layout: 'nchw' }).then(({ fingerprint }) => fingerprint),
    ]);
    expect(new Set(marks).size).toBe(4);
  });

  it('answers damaged files with pictures of their shape, or an error of ours', async () => {
    const names = ['|u1', '<f4', '>i8 fortran', 'nchw', 'version 2', 'version 3', 'structured'] as const;
    const whole = names.map(bytesOf);
    const damage = fc.record({
      from: fc.constantFrom(...whole),
      changes: fc.array(fc.tuple(fc.nat(140), fc.nat(255)), { maxLength: 4 }),
      cut: fc.oneof(fc.constant(0), fc.nat(200)),
    });
    let read = 0;
    await fc.assert(
      fc.asyncProperty(damage, async ({ from, changes, cut }) => {
        const file = bytesInMemory('a.npy', damagedCopy(from, changes, cut));
        const outcome = await outcomeOf(async () => {
          const source = await npyPictures(file, {
            range: [-1000, 1000],
            labels: file,
            maxBytes: 10_000,
          }).catch(() => npyPictures(file, { range: [-1000, 1000], maxBytes: 10_000 }));
          await dataOf(source, source.names.length - 1);
        });
        if (outcome === 'read') read++;
      }),
      { numRuns: 4000 },
    );
    // Most changes are in the padding of the header, or in the numbers.
    expect(read).toBeGreaterThan(200);
  });
});
