import { ArgumentError, FormatError } from '@eigengan/core';
import { describe, expect, it } from 'vitest';
import type { CachedPicture, ImageCache } from '../cache/image-cache';
import type { Decoding } from '../decode/preparer';
import { numberedPictures } from '../testing/numbered-pictures';
import { type ImageSet, imageSet } from './image-set';
import { type Platform, workersFor } from './platform';

const decoding: Decoding = {
  decoder: async () => async (name, bytes) => {
    if (bytes[0] !== 80) throw new FormatError(`${name}: must begin with P, got ${bytes[0]}\nmore of it`);
    return { height: 2, width: 2, channels: 1, data: Uint8Array.of(bytes[1] ?? 0, 0, 0, 0) };
  },
  startWorker: () => {
    throw new Error('no thread is needed here');
  },
};
const platform: Platform = { decoding, workers: 0 };
const small = { size: 8, channels: 1 } as const;
const image = (value: number) => new Uint8Array(64).fill(value);

/** A cache in memory, of which `contents` can be seen. */
function memoryCache() {
  const contents = new Map<number, CachedPicture>();
  const opened: { folder: string | undefined; fingerprint: string }[] = [];
  const cache: ImageCache = {
    file: '/cache/file',
    problem: undefined,
    read: async (index) => contents.get(index),
    write: async (index, picture) => {
      contents.set(index, picture);
    },
    close: async () => undefined,
  };
  const cached: Platform = {
    ...platform,
    openCache: async (folder, { fingerprint }) => {
      opened.push({ folder, fingerprint });
      return cache;
    },
  };
  return { contents, opened, cached };
}

describe('imageSet', () => {
  it('reads nothing until it is asked, then each picture in its form', async () => {
    const pictures = numberedPictures(5);
    const set = await imageSet({ ...pictures, labels: [4, 3, 2, 1, 0] }, small, platform);
    expect(pictures.reads).toEqual([]);
    expect(set).toMatchObject({
      length: 5,
      shape: [8, 8, 1],
      names: pictures.names,
      labels: [4, 3, 2, 1, 0],
    });
    expect(await set.read(3)).toEqual(image(3));
    expect(await set.original(3)).toEqual({ height: 16, width: 16, channels: 1 });
    expect(pictures.reads).toEqual([3]);
    await expect(set.read(5)).rejects.toThrow('imageSet: index');
    await expect(set.read(0.5)).rejects.toThrow('imageSet: index');
  });

  it('takes size and channels of the pictures, where all have the same, and of the alignment', async () => {
    const pictures = numberedPictures(2);
    const shapeOf = async (...[of, options]: Parameters<typeof imageSet>) =>
      (await imageSet(of, options, platform)).shape;
    expect(await shapeOf({ ...pictures, shape: [16, 20, 1] }, {}, platform)).toEqual([16, 20, 1]);
    expect(await shapeOf({ ...pictures, shape: [16, 20, 2] }, {}, platform)).toEqual([16, 20, 3]);
    expect(await shapeOf({ ...pictures, shape: [16, 20, 1] }, { size: 8, channels: 3 }, platform)).toEqual([
      8, 8, 3,
    ]);
    const align = { size: [9, 11], of: () => undefined, fingerprint: '' } as const;
    expect(await shapeOf({ ...pictures, shape: [16, 20, 1] }, { align }, platform)).toEqual([9, 11, 1]);
    await expect(shapeOf(pictures, {}, platform)).rejects.toThrow(
      'imageSet: size: must be given, as the pictures may differ in it, e.g. 64, got undefined',
    );
  });

  it('shares the work of reads at the same time, and gives each bytes of its own', async () => {
    const pictures = numberedPictures(3);
    const set = await imageSet(pictures, { ...small, memory: 0, cache: false }, platform);
    const [a, b] = await Promise.all([set.read(1), set.read(1), set.original(1)]);
    expect(pictures.reads).toEqual([1]);
    a.fill(99);
    expect(b).toEqual(image(1));
    await set.read(1);
    expect(pictures.reads).toEqual([1, 1]);
  });

  it('keeps as many images as memory has room for', async () => {
    const pictures = numberedPictures(4);
    const set = await imageSet(pictures, { ...small, memory: 2 * 64 + 63, cache: false }, platform);
    for (const index of [2, 0, 1, 3, 2, 0, 1, 3]) {
      const bytes = await set.read(index);
      expect(bytes).toEqual(image(index));
      bytes.fill(0);
    }
    expect(pictures.reads).toEqual([2, 0, 1, 3, 1, 3]);
  });

  it('names a damaged picture with its reason, lists it once, and reads it once', async () => {
    const pictures = numberedPictures(4, [3, 1]);
    const set = await imageSet(pictures, small, platform);
    for (const index of [3, 1, 3, 1]) {
      const read = set.read(index);
      await expect(read).rejects.toThrow(FormatError);
      await expect(read).rejects.toThrow(new RegExp(`^${index}\\.png: must be whole, got half of it$`));
    }
    const reason = 'must be whole, got half of it';
    expect(set.damaged).toEqual([
      { index: 1, name: '1.png', reason },
      { index: 3, name: '3.png', reason },
    ]);
    expect(pictures.reads).toEqual([3, 1]);
    expect(await set.read(0)).toEqual(image(0));
  });

  it('lists what cannot be decoded, or has no alignment, as damaged, and passes other failures on', async () => {
    const encoded = [Uint8Array.of(80, 7), Uint8Array.of(1), Uint8Array.of(80, 8)];
    const pictures = {
      ...numberedPictures(4),
      read: async (index: number) => {
        const bytes = encoded[index];
        if (bytes === undefined) throw new Error('the network is down');
        return bytes;
      },
    };
    const of = (name: string) => (name === '2.png' ? undefined : ([1, 0, 0, 0, 1, 0] as const));
    const set = await imageSet(
      pictures,
      { ...small, align: { size: [2, 2], of, fingerprint: '' } },
      platform,
    );
    expect((await set.read(0))[0]).toBe(7);
    for (const index of [1, 2]) await expect(set.read(index)).rejects.toThrow(FormatError);
    await expect(set.read(3)).rejects.toThrow(/^the network is down$/);
    expect(set.damaged.map(({ reason }) => reason)).toEqual([
      'must begin with P, got 1',
      'there is no alignment for it',
    ]);
  });

  it('decodes all, tells how far it is, stops when told, and refuses pictures of which none is whole', async () => {
    const pictures = numberedPictures(50, [7, 30]);
    const set = await imageSet(pictures, small, platform);
    const stop = new AbortController();
    const seen: number[] = [];
    const stopped = set.decodeAll({
      signal: stop.signal,
      concurrency: 1,
      onProgress: (done) => {
        seen.push(done);
        if (done === 10) stop.abort();
      },
    });
    await expect(stopped).rejects.toMatchObject({ name: 'AbortError' });
    expect(seen).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    const damaged = await set.decodeAll();
    expect(damaged.map(({ index }) => index)).toEqual([7, 30]);
    expect(set.damaged).toEqual(damaged);
    expect([...pictures.reads].sort((a, b) => a - b)).toEqual(Array.from({ length: 50 }, (_, i) => i));
    await expect((await imageSet(numberedPictures(2, [0, 1]), small, platform)).decodeAll()).rejects.toThrow(
      'imageSet: decodeAll: at least one of the 2 images must be whole, got "must be whole, got half of it"',
    );
    await expect(set.decodeAll({ concurrency: 0 })).rejects.toThrow('imageSet: decodeAll: concurrency');
  });

  it('has few pictures in memory at a time, however many are asked for', async () => {
    const pictures = numberedPictures(300);
    const set = await imageSet(pictures, small, platform);
    await Promise.all(Array.from({ length: 300 }, (_, i) => set.read(i)));
    expect(pictures.underWay.most).toBe(2);
  });

  it('closes once reads have ended, and opens again', async () => {
    const pictures = numberedPictures(10);
    const set = await imageSet(pictures, small, platform);
    const reading = Promise.all([0, 1, 2, 3, 4].map((i) => set.read(i)));
    const closing = set.close();
    const later = set.read(9);
    await closing;
    expect(pictures.reads.slice(0, 5).sort()).toEqual([0, 1, 2, 3, 4]);
    expect(await reading).toEqual([0, 1, 2, 3, 4].map(image));
    expect(await later).toEqual(image(9));
    expect(pictures.closed).toBe(1);
  });

  it('refuses bad options', async () => {
    const bad: [options: object, says: string][] = [
      [{ channels: 2 }, 'imageSet: channels: must be 1, 3 or 4, got 2'],
      [{ fit: 'fill' }, 'imageSet: fit: must be one of cover, contain, stretch, got "fill"'],
      [{ background: [1, 2] }, 'imageSet: background: must be [red, green, blue], got [1, 2]'],
      [{ align: {} }, 'imageSet: align'],
      [{ cache: '' }, 'imageSet: cache: must be the path of a folder, or false, got ""'],
      [{ cache: '/tmp' }, 'imageSet: cache: must not be a folder here'],
      [{ worker: 2 }, 'Did you mean "workers"?'],
    ];
    for (const [options, says] of bad) {
      const opened = imageSet(numberedPictures(1), { ...small, ...options }, platform);
      await expect(opened).rejects.toThrow(says);
      await expect(opened).rejects.toThrow(ArgumentError);
    }
  });
});

describe('the cache of an imageSet', () => {
  const read = async (set: ImageSet) => Promise.allSettled(set.names.map((_, i) => set.read(i)));

  it('is opened where memory does not suffice or a folder is named, else not', async () => {
    const { opened, cached } = memoryCache();
    const file = async (options: object) =>
      (await imageSet(numberedPictures(4), { ...small, ...options }, cached)).cache.file;
    expect(await file({ memory: 4 * 64 })).toBeUndefined();
    expect(await file({ memory: 0, cache: false })).toBeUndefined();
    expect(await file({ memory: 4 * 64 - 1 })).toBe('/cache/file');
    expect(await file({ cache: '/mine' })).toBe('/cache/file');
    expect(opened.map(({ folder }) => folder)).toEqual([undefined, '/mine']);
  });

  it('gives a later run every image and every reason without a picture read', async () => {
    const { contents, cached } = memoryCache();
    const options = { ...small, memory: 64 };
    const encoded = (bytes: number[]) => ({
      ...numberedPictures(6),
      read: async () => Uint8Array.from(bytes),
    });
    const whole = numberedPictures(6);
    const first = await read(await imageSet(whole, options, cached));
    expect(contents.size).toBe(6);
    const again = numberedPictures(6);
    const second = await imageSet(again, options, cached);
    expect(await read(second)).toEqual(first);
    expect(await second.original(5)).toEqual({ height: 16, width: 16, channels: 1 });
    expect(again.reads).toEqual([]);
    contents.clear();
    await read(await imageSet(encoded([1]), options, cached));
    const later = await imageSet(encoded([80]), options, cached);
    await expect(later.read(2)).rejects.toThrow('2.png: must begin with P, got 1');
    expect(later.damaged).toHaveLength(1);
  });

  it('does not keep that a picture could not be read, nor what lies ready in the source', async () => {
    const { contents, cached } = memoryCache();
    await read(await imageSet(numberedPictures(3, [1]), { ...small, cache: '/mine' }, cached));
    expect([...contents.keys()].sort()).toEqual([0, 2]);
    contents.clear();
    const pictures = numberedPictures(3);
    const ready = await imageSet(pictures, { size: 16, channels: 1, cache: '/mine' }, cached);
    expect(await read(ready)).toHaveLength(3);
    expect(contents.size).toBe(0);
  });

  it('is another one for other pictures, forms and alignments', async () => {
    const { opened, cached } = memoryCache();
    const open = (options: object, pictures = numberedPictures(3)) =>
      imageSet(pictures, { ...small, cache: '/mine', ...options }, cached);
    const align = { size: [9, 9], of: () => undefined, fingerprint: 'a' } as const;
    await open({});
    await open({ memory: 0, workers: 2 });
    await open({ size: 9 });
    await open({ fit: 'contain' });
    await open({ background: [0, 0, 0] });
    await open({ channels: 3 });
    await open({ align });
    await open({ align: { ...align, fingerprint: 'b' } });
    await open({}, numberedPictures(4));
    const keys = opened.map(({ fingerprint }) => fingerprint);
    expect(keys[1]).toBe(keys[0]);
    expect(new Set(keys).size).toBe(8);
  });

  it('is done without when that of the user cannot be had, which is said, and refused when it was named', async () => {
    const without: Platform = { ...platform, openCache: () => Promise.reject(new Error('EROFS: read-only')) };
    const set = await imageSet(numberedPictures(2), { ...small, memory: 0 }, without);
    expect(set.cache).toEqual({ file: undefined, problem: 'EROFS: read-only' });
    expect(await set.read(1)).toEqual(image(1));
    await expect(imageSet(numberedPictures(2), { ...small, cache: '/mine' }, without)).rejects.toThrow(
      'imageSet: cache: /mine must be a folder that can be written to, got EROFS: read-only',
    );
  });
});

it('leaves a core to who trains', () => {
  expect([1, 2, 4, 64].map(workersFor)).toEqual([1, 1, 3, 8]);
});
