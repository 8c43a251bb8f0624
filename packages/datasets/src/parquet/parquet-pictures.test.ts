import { ArgumentError } from '@eigengan/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ByteSource } from '../bytes/byte-source';
import { bytesInMemory } from '../bytes/bytes-in-memory';
import type { PictureSource } from '../pictures/picture-source';
import { damagedCopy, outcomeOf } from '../testing/damaged-copy';
import { type ParquetPicturesOptions, parquetPictures } from './parquet-pictures';
import fixtures from './pyarrow-fixtures.json';

type Fixture = keyof typeof fixtures;

/** A file that pyarrow wrote: see pyarrow-fixtures.py. */
const bytesOf = (name: Fixture) => new Uint8Array(Buffer.from(fixtures[name], 'base64'));
const file = (name: Fixture, as: string = name) => bytesInMemory(as, bytesOf(name));
const open = (name: Fixture, options?: ParquetPicturesOptions) => parquetPictures([file(name)], options);

/** Picture i of the fixtures. */
const picture = (i: number) => new Uint8Array(i + 3).fill(10 + i);
const count = (length: number) => Array.from({ length }, (_, i) => i);
const twelve = count(12);
const threes = twelve.map((i) => i % 3);

async function expectPictures(source: PictureSource, pictures: readonly number[]): Promise<void> {
  expect(source.names).toHaveLength(pictures.length);
  // Backwards, so that nothing depends on the order.
  for (const index of count(pictures.length).reverse()) {
    expect(await source.read(index)).toEqual(picture(pictures[index] ?? 0));
  }
}

describe('parquetPictures', () => {
  const written = [
    'none',
    'snappy',
    'gzip',
    'zstd',
    'version 2',
    'version 2 zstd',
    'small pages',
    'dictionary and pages',
    'checksums',
    'page index',
    'deltas',
  ] as const;

  it.each(written)('reads pictures and labels as pyarrow wrote them: %s', async (name) => {
    const source = await open(name);
    expect(source.labels).toEqual(threes);
    expect(source.names.slice(0, 2)).toEqual([`${name}/0`, `${name}/1`]);
    await expectPictures(source, twelve);
    await source.close();
    await expectPictures(source, twelve);
  });

  it('reads a set of the Hugging Face hub: its column of images, its classes, its paths', async () => {
    const source = await open('hub');
    expect(source.classes).toEqual(['cat', 'dog', 'bird']);
    expect(source.labels).toEqual([0, 1, 2, 2, 1, -1]);
    await expectPictures(source, count(6));
    const named = await open('hub', { paths: true, label: false });
    expect(named.names).toEqual(count(6).map((i) => `${i}.png`));
    expect(named).toMatchObject({ labels: undefined, classes: undefined });
    await expectPictures(await open('hub', { column: 'other' }), count(6));
  });

  it('reads the parts of a set in their order', async () => {
    const files = ['snappy', 'zstd', 'small pages'] as const;
    const source = await parquetPictures(
      files.map((name, i) => file(name, `train-0000${i}-of-00003.parquet`)),
    );
    expect(source.labels).toEqual([...threes, ...threes, ...threes]);
    expect(source.names[12]).toBe('train-00001-of-00003.parquet/0');
    await expectPictures(source, [...twelve, ...twelve, ...twelve]);
    await expect(parquetPictures([file('snappy'), file('plain bytes')])).rejects.toThrow(
      'plain bytes: must have a column image of bytes, or of bytes and path, got ["picture", "weight"]',
    );
    await expect(parquetPictures([file('snappy'), file('nulls version 2')])).rejects.toThrow(
      'must have labels, as the other files',
    );
  });

  it('takes a null for a damaged picture and an unknown label', async () => {
    for (const name of ['nulls', 'nulls version 2'] as const) {
      const source = await open(name);
      if (name === 'nulls') expect(source.labels).toEqual(threes.map((label) => label || -1));
      for (const i of twelve) {
        const read = source.read(i);
        if (i % 4 === 0 || i === 2)
          await expect(read).rejects.toThrow(`${name}: row ${i}: must hold a picture`);
        else expect(await read).toEqual(picture(i));
      }
    }
    await expect((await open('all null')).read(1)).rejects.toThrow('got "null"');
  });

  it('reads a column of bytes alone, and labels of every type of number', async () => {
    await expectPictures(await open('plain bytes', { label: 'weight' }), count(4));
    expect((await open('plain bytes', { label: 'weight' })).labels).toEqual([0, 0.5, 1, 2]);
    for (const name of ['labels', 'labels version 2'] as const) {
      for (const label of ['float', 'double', 'bool', 'int8', 'uint16']) {
        expect((await open(name, { label })).labels).toEqual([1, 0, 1, 1]);
      }
      await expect(open(name, { label: 'text' })).rejects.toThrow('a label must be of type');
    }
    await expect(open('large label')).rejects.toThrow('row 0: a label must be a number below 2^53');
    expect((await open('deep')).names).toEqual(['deep/0']);
  });

  it('reads a page once as long as it is kept, and no other column', async () => {
    const bytes = bytesOf('small pages');
    let read = 0;
    const counted: ByteSource = {
      ...bytesInMemory('a', bytes),
      read: async (offset, length) => {
        read++;
        return bytes.subarray(offset, offset + length);
      },
    };
    const reads = async (source: PictureSource, ...indices: number[]) => {
      read = 0;
      await Promise.all(indices.map((index) => source.read(index)));
      return read;
    };
    const source = await parquetPictures([counted], { label: false });
    // The first finds the six pages of two rows; they are hopped through, one header each.
    expect(await reads(source, 0)).toBe(6 + 1);
    expect(await reads(source, 1, 0, 1)).toBe(0);
    expect(await reads(source, 2, 3, 2, 3)).toBe(1);
    const forgetful = await parquetPictures([counted], { label: false, pages: 0 });
    await forgetful.read(0);
    expect(await reads(forgetful, 0)).toBe(1);
    const small = await parquetPictures([counted], { label: false, pages: 100 });
    for (const index of [0, 2, 4, 6, 8, 10]) await small.read(index);
    expect(await reads(small, 10)).toBe(0);
    expect(await reads(small, 0)).toBe(1);
  });

  it('checks the checksums of pages that have them', async () => {
    const bytes = bytesOf('checksums');
    const at = Buffer.from(bytes).indexOf(Buffer.from([19, 19, 19, 19, 19]));
    expect(at).toBeGreaterThan(0);
    bytes[at] = 0;
    const source = await parquetPictures([bytesInMemory('a', bytes)]);
    await expect(source.read(0)).rejects.toThrow(
      /^a: row group 0: image\.bytes: byte \d+: the checksum must be 0x[0-9a-f]{8}, got "0x[0-9a-f]{8}"$/,
    );
  });

  it('refuses what is no such file by its name', async () => {
    await expect(open('encrypted')).rejects.toThrow(
      'must end with "PAR1", got "PARE". The file is encrypted',
    );
    await expect(open('brotli')).rejects.toThrow('SNAPPY, GZIP, ZSTD or not at all, got "BROTLI"');
    await expect(open('lz4')).rejects.toThrow('got "LZ4_RAW". Write the file again');
    await expect(open('two columns')).rejects.toThrow('several hold pictures, got ["a", "b"]');
    await expect(open('no pictures')).rejects.toThrow('must have a column of pictures, got ["a", "text"]');
    await expect(open('list')).rejects.toThrow('must have a column of pictures');
    await expect(open('no rows')).rejects.toThrow('needs a row');
    await expect(open('snappy', { label: 'class' })).rejects.toThrow('must have a column class');
    await expect(open('plain bytes', { paths: true })).rejects.toThrow('must have a path');
    const whole = bytesOf('snappy');
    const opened = (bytes: Uint8Array) => parquetPictures([bytesInMemory('a', bytes)]);
    await expect(opened(whole.subarray(0, -100))).rejects.toThrow('The file may be cut off');
    await expect(opened(new Uint8Array(100))).rejects.toThrow('This is no Parquet file');
    await expect(opened(new Uint8Array(3))).rejects.toThrow('a Parquet file has at least 12 bytes, got 3');
    const long = whole.slice();
    new DataView(long.buffer).setUint32(long.length - 8, 2 ** 31, true);
    await expect(opened(long)).rejects.toThrow(`a: byte ${whole.length - 8}: the footer may have`);
  });

  it('refuses options that are none', async () => {
    const cases: [unknown, string][] = [
      [{ labels: 'a' }, 'Did you mean "label"?'],
      [{ column: '' }, 'must be the name of a column'],
      [{ label: true }, 'must be the name of a column'],
      [{ paths: 'a' }, 'must be true or false'],
      [{ pages: -1 }, 'at least 0'],
    ];
    for (const [options, says] of cases) {
      const refused = open('snappy', options as ParquetPicturesOptions);
      await expect(refused).rejects.toThrow(says);
      await expect(refused).rejects.toThrow(ArgumentError);
    }
    await expect(parquetPictures([])).rejects.toThrow('needs a list of files');
    await expect((await open('snappy')).read(12)).rejects.toThrow('at most 11');
  });

  it('answers damaged files with bytes no longer than theirs, or an error of ours, at once', async () => {
    const names = ['version 2 zstd', 'dictionary and pages', 'deltas', 'nulls', 'nulls version 2'] as const;
    const whole = names.map((name) => bytesOf(name));
    const damage = fc.record({
      from: fc.constantFrom(...whole),
      changes: fc.array(fc.tuple(fc.nat(1000), fc.oneof(fc.nat(255), fc.constantFrom(0, 255, 127, 128))), {
        maxLength: 3,
      }),
      cut: fc.oneof({ weight: 9, arbitrary: fc.constant(0) }, fc.nat(1000)),
    });
    const outcomes = { read: 0, refused: 0 };
    await fc.assert(
      fc.asyncProperty(damage, async ({ from, changes, cut }) => {
        const bytes = damagedCopy(from, changes, cut);
        const outcome = await outcomeOf(async () => {
          const source = await parquetPictures([bytesInMemory('a', bytes)]);
          for (const index of [0, source.names.length - 1]) {
            const read = await source.read(index);
            expect(read instanceof Uint8Array && read.length <= 22 * bytes.length).toBe(true);
          }
        });
        outcomes[outcome]++;
      }),
      { numRuns: 3000 },
    );
    expect(Math.min(outcomes.read, outcomes.refused)).toBeGreaterThan(300);
  });
});
