import { EigenganError } from '@eigengan/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bytesInMemory } from '../bytes/bytes-in-memory';
import { type ZipPicturesOptions, zipPictures } from './zip-pictures';
import fixtures from './zipfile-fixtures.json';

const bytesOf = (name: keyof typeof fixtures) => new Uint8Array(Buffer.from(fixtures[name], 'base64'));
const open = (bytes: Uint8Array, options?: ZipPicturesOptions) =>
  zipPictures(bytesInMemory('a.zip', bytes), options);
const opened = (name: keyof typeof fixtures, options?: ZipPicturesOptions) => open(bytesOf(name), options);

const names = ['00000/img0.png', '00000/img2.png', '00001/img1.png', '00001/img3.png'];
/** What zipfile-fixtures.py put into picture `n`. */
const content = (n: number) => Uint8Array.from({ length: 90 }, (_, i) => (n * 7 + Math.floor(i / 9)) % 256);

/** Where in an archive each of the signatures stands. */
function placesOf(bytes: Uint8Array, signature: string): number[] {
  const places: number[] = [];
  const buffer = Buffer.from(bytes.buffer);
  for (
    let at = buffer.indexOf(signature, 0, 'latin1');
    at >= 0;
    at = buffer.indexOf(signature, at + 1, 'latin1')
  )
    places.push(at);
  return places;
}

/** The archive with bytes of the directory's entry `index` changed, at `at` from where it begins. */
function patched(
  name: keyof typeof fixtures,
  index: number,
  at: number,
  values: readonly number[],
): Uint8Array {
  const bytes = bytesOf(name);
  bytes.set(values, placesOf(bytes, 'PK\u0001\u0002')[index]! + at);
  return bytes;
}

describe('zipPictures', () => {
  it.each(['stored', 'deflated', 'comment', 'zip64'] as const)(
    'reads the pictures of an archive that is %s',
    async (name) => {
      const source = await opened(name);
      expect(source).toMatchObject({ names, labels: undefined });
      for (const [i, n] of [0, 2, 1, 3].entries()) expect(await source.read(i)).toEqual(content(n));
      await expect(source.read(4)).rejects.toThrow('zipFile: index');
      await source.close();
    },
  );

  it('really has an archive of 64 bits among them', () => {
    const bytes = bytesOf('zip64');
    expect(placesOf(bytes, 'PK\u0006\u0007')).toHaveLength(1);
    const [entry = 0] = placesOf(bytes, 'PK\u0001\u0002');
    expect([...bytes.subarray(entry + 20, entry + 28)]).toEqual([255, 255, 255, 255, 255, 255, 255, 255]);
  });

  it('takes the labels of dataset.json, classes or values, or the folders', async () => {
    const inOrder = (labels: readonly unknown[]) => [0, 2, 1, 3].map((n) => labels[n]);
    expect((await opened('labelled')).labels).toEqual(inOrder([0, 1, 2, 0]));
    expect((await opened('labelled', { labels: 'dataset' })).labels).toEqual(inOrder([0, 1, 2, 0]));
    expect((await opened('vectors')).labels).toEqual(
      inOrder([
        [0, 1],
        [0.5, 1],
        [1, 1],
        [1.5, 1],
      ]),
    );
    expect((await opened('without labels')).labels).toBeUndefined();
    expect(await opened('labelled', { labels: 'folders' })).toMatchObject({
      labels: [0, 0, 1, 1],
      classes: ['00000', '00001'],
    });
    for (const name of ['without labels', 'stored'] as const) {
      await expect(opened(name, { labels: 'dataset' })).rejects.toThrow(
        "a.zip: dataset.json: labels: 'dataset' needs a list of labels in it",
      );
    }
  });

  it('reads names in UTF-8, said to be or not, and in code page 437', async () => {
    expect((await opened('utf-8')).names).toEqual(['cafX.png', 'grün/文.png']);
    // The flag of the first entry taken away, and of the second one's name a letter changed.
    expect((await open(patched('utf-8', 0, 9, [0]))).names).toEqual(['cafX.png', 'grün/文.png']);
    expect((await open(patched('utf-8', 1, 46 + 3, [0x82]))).names).toEqual(['café.png', 'grün/文.png']);
  });

  it('refuses names that lead out of the archive', async () => {
    const rule = 'a.zip: each name must lead into the archive: no .., drive, backslash or leading /, got ';
    await expect(opened('climbing')).rejects.toThrow(`${rule}"b/../../c.png"`);
    for (const start of ['/', '../', 'C:/', 'a\\', 'a\0']) {
      const name = start + 'cafX.png'.slice(start.length);
      const bytes = patched('utf-8', 1, 46, [...Buffer.from(start)]);
      await expect(open(bytes)).rejects.toThrow(rule + JSON.stringify(name));
    }
  });

  it('refuses an archive without images, and one whose entries share bytes or a name', async () => {
    await expect(opened('no images')).rejects.toThrow('got "none, and 1 other files"');
    const sharing = patched('comment', 1, 42, [0, 0, 0, 0]);
    await expect(open(sharing)).rejects.toThrow('a.zip: entry 1 must begin behind entry 0');
    const twice = patched('comment', 2, 46 + 9, [48]);
    await expect(open(twice)).rejects.toThrow('a.zip: a name may come once, got "00000/img0.png"');
  });

  it('reads the others when one is encrypted, packed otherwise, too large or damaged', async () => {
    const cases: [bytes: Uint8Array, says: string][] = [
      [patched('comment', 0, 8, [1]), 'must not be encrypted'],
      [patched('comment', 0, 10, [12]), 'must be stored (method 0) or deflated (8), got "method 12"'],
      [patched('comment', 0, 16, [0, 0, 0, 0]), 'must have the CRC-32 0x00000000'],
      [patched('zip64', 0, 16, [0, 0, 0, 0]), 'a.zip: 00000/img0.png: must unpack without damage'],
    ];
    for (const [bytes, says] of cases) {
      const source = await open(bytes);
      await expect(source.read(0)).rejects.toThrow(says);
      expect(await source.read(1)).toEqual(content(2));
    }
    await expect((await opened('bzip2')).read(0)).rejects.toThrow('a.png: must be stored (method 0)');
    await expect((await opened('stored', { maxBytes: 89 })).read(0)).rejects.toThrow('at most maxBytes = 89');
  });

  it('unpacks no further than an entry says, and believes no size beyond what deflate can make', async () => {
    const [says = 0] = placesOf(bytesOf('deflated'), 'PK\u0001\u0002');
    expect(bytesOf('deflated')[says + 24]).toBe(90);
    const small = await open(patched('deflated', 0, 24, [10, 0, 0, 0]));
    await expect(small.read(3)).rejects.toThrow('a.zip: 00001/img3.png: must unpack');
    const large = await open(patched('deflated', 0, 24, [0, 0, 0, 8]));
    await expect(large.read(3)).rejects.toThrow('a.zip: 00001/img3.png: must unpack');
  });

  it('refuses archives in parts, cut short or disguised', async () => {
    const bytes = bytesOf('stored');
    for (const length of [0, 10, 21, 100, bytes.length - 1]) {
      await expect(open(bytes.slice(0, length))).rejects.toThrow('ends with its directory');
    }
    const parts = bytes.slice();
    parts[parts.length - 18] = 1;
    await expect(open(parts)).rejects.toThrow('must be in one part');
    await expect(open(new TextEncoder().encode('x'.repeat(70_000)))).rejects.toThrow(
      'ends with its directory',
    );
  });

  it('refuses bad options', async () => {
    for (const options of ['{"labels": "files"}', '{"maxBytes": 0}', '{"label": 1}']) {
      await expect(opened('stored', JSON.parse(options))).rejects.toThrow(/^zipFile/);
    }
  });

  it('reads whatever is done to a file, or refuses it', { timeout: 60_000 }, async () => {
    const samples = (['stored', 'zip64', 'labelled', 'comment'] as const).map(bytesOf);
    let read = 0;
    let refused = 0;
    const change = fc.record({
      at: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
      value: fc.integer({ min: 0, max: 255 }),
      fromEnd: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...samples),
        fc.array(change, { minLength: 1, maxLength: 3 }),
        async (sample, changes) => {
          const bytes = sample.slice();
          for (const { at, value, fromEnd } of changes) {
            // Half of the changes fall on the directory, which says most.
            const span = fromEnd ? bytes.length / 2 : bytes.length;
            bytes[bytes.length - 1 - Math.floor(at * span)] = value;
          }
          try {
            const source = await open(bytes);
            for (const [i] of source.names.entries()) {
              expect(await source.read(i)).toBeInstanceOf(Uint8Array);
              read++;
            }
          } catch (error) {
            if (!EigenganError.is(error)) throw error;
            refused++;
          }
        },
      ),
      { numRuns: 3000 },
    );
    expect(read).toBeGreaterThan(1000);
    expect(refused).toBeGreaterThan(300);
  });

  it('opens an archive of 100,000 pictures in seconds', async () => {
    const entries = 100_000;
    const header = Buffer.alloc(30 + 14);
    header.write('PK\u0003\u0004', 0, 'latin1');
    header.writeUInt16LE(14, 26);
    const parts: Buffer[] = [];
    const directory: Buffer[] = [];
    for (let i = 0; i < entries; i++) {
      const name = `d/${String(i).padStart(8, '0')}.png`;
      header.write(name, 30, 'latin1');
      parts.push(Buffer.from(header));
      const record = Buffer.alloc(46 + 14);
      record.write('PK\u0001\u0002', 0, 'latin1');
      record.writeUInt16LE(14, 28);
      record.writeUInt32LE(i * header.length, 42);
      record.write(name, 46, 'latin1');
      directory.push(record);
    }
    const files = Buffer.concat(parts);
    const records = Buffer.concat(directory);
    const end = Buffer.alloc(22 + 20 + 56);
    end.write('PK\u0006\u0006', 0, 'latin1');
    end.writeBigUInt64LE(BigInt(entries), 32);
    end.writeBigUInt64LE(BigInt(records.length), 40);
    end.writeBigUInt64LE(BigInt(files.length), 48);
    end.write('PK\u0006\u0007', 56, 'latin1');
    end.writeBigUInt64LE(BigInt(files.length + records.length), 64);
    end.write('PK\u0005\u0006', 76, 'latin1');
    end.fill(255, 84, 96);
    const source = await open(new Uint8Array(Buffer.concat([files, records, end])));
    expect(source.names).toHaveLength(entries);
    expect(await source.read(entries - 1)).toHaveLength(0);
  }, 30_000);
});
