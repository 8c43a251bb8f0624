import { ArgumentError } from '@eigengan/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ByteSource } from '../bytes/byte-source';
import { bytesInMemory } from '../bytes/bytes-in-memory';
import type { PictureSource } from '../pictures/picture-source';
import { damagedCopy, outcomeOf } from '../testing/damaged-copy';
import { type NpzPicturesOptions, npzPictures } from './npz-pictures';
import fixtures from './numpy-fixtures.json';

/** An archive that numpy or Python's zipfile wrote: see numpy-fixtures.py. */
const bytesOf = (name: keyof typeof fixtures) => new Uint8Array(Buffer.from(fixtures[name], 'base64'));
const open = (name: keyof typeof fixtures, options?: NpzPicturesOptions) =>
  npzPictures(bytesInMemory(`${name}.npz`, bytesOf(name)), options);

async function dataOf(source: PictureSource, index: number): Promise<number[]> {
  const picture = await source.read(index);
  if (picture instanceof Uint8Array) throw new Error('an array holds decoded pictures');
  expect([picture.height, picture.width, picture.channels]).toEqual(source.shape);
  return [...picture.data];
}

/** Picture `index` of the array that every archive holds. */
const expected = (index: number) => Array.from({ length: 10 }, (_, i) => 8 * (10 * index + i));

describe('npzPictures', () => {
  it('reads pictures and labels from an archive, stored or deflated', async () => {
    for (const name of ['savez', 'savez_compressed'] as const) {
      const source = await open(name, { labels: 'y_train' });
      expect(source).toMatchObject({ names: ['0', '1', '2'], shape: [2, 5, 1], labels: [7, 0, 255] });
      for (const index of [2, 0]) expect(await dataOf(source, index)).toEqual(expected(index));
      await source.close();
      expect(await dataOf(source, 1)).toEqual(expected(1));
    }
  });

  it('reads ZIP64 archives', async () => {
    const end = Buffer.from(bytesOf('zip64')).indexOf(Buffer.from([0x50, 0x4b, 6, 6]));
    expect(end).toBeGreaterThan(0);
    for (const images of ['a', 'b']) {
      expect(await dataOf(await open('zip64', { images }), 2)).toEqual(expected(2));
    }
  });

  it('finds the array of pictures, or asks for its name', async () => {
    expect((await open('savez unnamed')).names).toHaveLength(3);
    expect((await open('savez with objects')).names).toHaveLength(3);
    expect((await open('savez of two')).names).toHaveLength(3);
    expect((await open('savez of two', { images: 'x_test' })).names).toHaveLength(1);
    await expect(open('zip64')).rejects.toThrow('zip64.npz: images must be one of a, b, got undefined');
    await expect(open('savez', { images: 'x' })).rejects.toThrow('images must be one of x_train, y_train');
    await expect(open('savez', { labels: 'y' })).rejects.toThrow('labels must be one of x_train, y_train');
    await expect(open('only labels')).rejects.toThrow('in 3 or 4 dimensions, got ["y"]');
    await expect(open('no arrays')).rejects.toThrow('1 to 1000 arrays (.npy), got "none in 1 files"');
    await expect(open('savez with objects', { images: 'metadata' })).rejects.toThrow('"Python objects"');
  });

  it('takes the bytes of one picture alone from a stored array', async () => {
    const bytes = bytesOf('savez');
    const reads: number[] = [];
    const file: ByteSource = bytesInMemory('a.npz', bytes);
    const source = await npzPictures({
      ...file,
      read: (offset, length) => {
        reads.push(length);
        return file.read(offset, length);
      },
    });
    reads.length = 0;
    await source.read(1);
    expect(reads).toEqual([10]);
  });

  it('unpacks no more than is allowed, or than fits what is packed', async () => {
    await expect(open('savez_compressed', { maxBytes: 157 })).rejects.toThrow(
      'savez_compressed.npz: x_train.npy: may unpack to at most maxBytes = 157 bytes, got 158',
    );
    await expect(open('lzma', { images: 'a' })).rejects.toThrow(
      'must be stored (method 0) or deflated (8), got "method 14"',
    );
  });

  it('finds what is damaged by its length and place', async () => {
    const damaged = async (name: keyof typeof fixtures, change: (bytes: Uint8Array) => Uint8Array) =>
      dataOf(await npzPictures(bytesInMemory('a.npz', change(bytesOf(name))), { images: 'x_train' }), 0);
    const cut = (bytes: Uint8Array) => bytes.slice(0, -1);
    await expect(damaged('savez', cut)).rejects.toThrow('a.npz: a zip archive ends with its directory');
    await expect(damaged('savez', (bytes) => bytes.slice(1))).rejects.toThrow(
      'a.npz: the directory at byte 432 must end before',
    );
    await expect(damaged('savez', () => new Uint8Array(0))).rejects.toThrow('ends with its directory');
    const spoil = (bytes: Uint8Array) => bytes.fill(0, 100, 110);
    await expect(damaged('savez_compressed', spoil)).rejects.toThrow('must unpack without damage');
  });

  it('refuses options that are none', async () => {
    const options: NpzPicturesOptions = JSON.parse('{"image": "x_train"}');
    await expect(open('savez', options)).rejects.toThrow('Did you mean "images"?');
    await expect(open('savez', options)).rejects.toThrow(ArgumentError);
  });

  it('answers damaged archives with pictures of their shape, or an error of ours', async () => {
    const names = ['savez', 'savez_compressed', 'zip64', 'savez with objects'] as const;
    const whole = names.map(bytesOf);
    const damage = fc.record({
      from: fc.constantFrom(...whole),
      // From the end, where the directory is, or from the start.
      changes: fc.array(fc.tuple(fc.integer({ min: -300, max: 200 }), fc.oneof(fc.nat(3), fc.nat(255))), {
        maxLength: 4,
      }),
      cut: fc.oneof(fc.constant(0), fc.constant(0), fc.nat(700)),
    });
    let read = 0;
    await fc.assert(
      fc.asyncProperty(damage, async ({ from, changes, cut }) => {
        const bytes = damagedCopy(from, changes, cut);
        const outcome = await outcomeOf(async () => {
          const source = await npzPictures(bytesInMemory('a.npz', bytes), { maxBytes: 10_000 });
          await dataOf(source, source.names.length - 1);
        });
        if (outcome === 'read') read++;
      }),
      { numRuns: 3000 },
    );
    expect(read).toBeGreaterThan(300);
  });
});
