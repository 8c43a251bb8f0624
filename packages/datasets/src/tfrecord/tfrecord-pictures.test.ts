import { ArgumentError, FormatError } from '@eigengan/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ByteSource } from '../bytes/byte-source';
import { bytesInMemory } from '../bytes/bytes-in-memory';
import type { StoredPicture } from '../pictures/picture';
import { damagedCopy, outcomeOf } from '../testing/damaged-copy';
import { recordIndex } from './record-index';
import fixtures from './tensorflow-fixtures.json';
import { type TfrecordPicturesOptions, tfrecordPictures } from './tfrecord-pictures';

/** A file that TensorFlow wrote: see tensorflow-fixtures.py. */
const bytesOf = (name: keyof typeof fixtures) => new Uint8Array(Buffer.from(fixtures[name], 'base64'));
const file = (name: keyof typeof fixtures, as: string = name) => bytesInMemory(as, bytesOf(name));
const open = (name: keyof typeof fixtures, options?: TfrecordPicturesOptions) =>
  tfrecordPictures([file(name)], options);

function decoded(picture: StoredPicture) {
  if (picture instanceof Uint8Array) throw new Error('this one is encoded');
  return { ...picture, data: [...picture.data] };
}

const isPng = (picture: StoredPicture) =>
  picture instanceof Uint8Array && Buffer.from(picture.subarray(1, 4)).toString() === 'PNG';

/** [channels, side, side] of rising numbers, as tensorflow-fixtures.py makes them, as [side, side, channels]. */
const risen = (channels: number, side: number, first: number) =>
  Array.from({ length: channels * side * side }, (_, i) => {
    const [place, channel] = [Math.floor(i / channels), i % channels];
    return first + channel * side * side + place;
  });

describe('tfrecordPictures', () => {
  it('reads encoded images, of several files in their order, without their contents at opening', async () => {
    const read: number[] = [];
    const bytes = bytesOf('encoded');
    const counted: ByteSource = {
      ...bytesInMemory('a', bytes),
      read: async (offset, length) => {
        read.push(offset);
        return bytes.subarray(offset, offset + length);
      },
    };
    const source = await tfrecordPictures([counted, file('other names', 'b')], { feature: 'image/encoded' });
    expect(source.names).toEqual(['a/0', 'a/1', 'a/2', 'b/0']);
    expect(source).toMatchObject({ labels: undefined, classes: undefined, shape: undefined });
    const opened = read.length;
    const pictures = [await source.read(2), await source.read(0), await source.read(1)];
    expect(pictures.map(isPng)).toEqual([true, true, true]);
    expect(read).toHaveLength(opened + 3);
    expect(new Set(pictures.map((picture) => Buffer.from(picture as Uint8Array).toString('hex'))).size).toBe(
      3,
    );
    await expect(source.read(3)).rejects.toThrow('b: record 0: must have the feature image/encoded');
    await expect(source.read(4)).rejects.toThrow('at most 3');
    await source.close();
  });

  it('reads labels, classes and file names when asked', async () => {
    const source = await open('encoded', { labels: true });
    expect(source.labels).toEqual([1, 3, 1]);
    expect(source.classes).toEqual(['0', 'tench', '2', 'shark']);
    expect(source.names).toEqual(['n00.png', 'n01.png', 'n02.png']);
    expect((await open('other names', { feature: 'picture', labels: true, label: 'kind' })).labels).toEqual([
      4,
    ]);
    await expect(open('other names', { feature: 'picture', labels: true })).rejects.toThrow(
      'record 0: must have a label: image/class/label',
    );
  });

  it("reads the planes of StyleGAN's sets and their labels", async () => {
    const source = await open('r02', { labels: file('labels') });
    expect(source).toMatchObject({
      shape: [4, 4, 3],
      labels: [
        [0, 0, 1],
        [1, 0, 0],
      ],
    });
    for (const i of [1, 0]) {
      const expected = { height: 4, width: 4, channels: 3, data: risen(3, 4, 100 * i) };
      expect(decoded(await source.read(i))).toEqual(expected);
    }
    const gray = await open('gray');
    expect(gray.shape).toEqual([4, 4, 1]);
    expect(decoded(await gray.read(1)).data).toEqual(risen(1, 4, 100));
    await expect(open('encoded', { labels: file('labels') })).rejects.toThrow('as many as the 3 pictures');
  });

  it('takes one resolution of several: the largest, or the smallest that is enough', async () => {
    const files = [file('r03', 'set-r03.tfrecords'), file('r02', 'set-r02.tfrecords')];
    const sideOf = async (resolution?: number) => (await tfrecordPictures(files, { resolution })).shape?.[0];
    expect(await Promise.all([undefined, 1, 4, 5, 8].map(sideOf))).toEqual([8, 4, 4, 8, 8]);
    expect((await tfrecordPictures(files)).names).toEqual(['set-r03.tfrecords/0', 'set-r03.tfrecords/1']);
    await expect(sideOf(9)).rejects.toThrow('may be at most 8, the largest there is, got 9');
    await expect(tfrecordPictures([...files, file('gray')])).rejects.toThrow('name-r02.tfrecords');
    await expect(open('r02', { resolution: 4 })).rejects.toThrow('name-r02.tfrecords');
  });

  it('reads pixels where a record says height and width', async () => {
    const source = await open('raw', { labels: true });
    const data = Array.from({ length: 18 }, (_, i) => i);
    expect(decoded(await source.read(0))).toEqual({ height: 2, width: 3, channels: 3, data });
    expect(decoded(await source.read(1))).toEqual({
      height: 2,
      width: 3,
      channels: 1,
      data: data.slice(0, 6),
    });
    expect(source.labels).toEqual([
      [7, 2 ** 40],
      [-5, 2 ** 40],
    ]);
  });

  it('keeps the whole records of a file that is cut off, and lists the last as damaged', async () => {
    const bytes = bytesOf('encoded');
    const { starts } = await recordIndex(file('encoded'));
    const last = starts[2] ?? 0;
    for (const size of [last + 1, last + 11, last + 12, last + 100, bytes.length - 1]) {
      const source = await tfrecordPictures([bytesInMemory('a', bytes.subarray(0, size))], { labels: true });
      expect(source.names).toEqual(['n00.png', 'n01.png', 'a/2']);
      expect(source.labels).toEqual([1, 3, -1]);
      expect(isPng(await source.read(1))).toBe(true);
      await expect(source.read(2)).rejects.toThrow(
        `a: record 2 at byte ${last}: must be whole, got "a file that ends within it, after ${size - last} bytes"`,
      );
    }
    expect((await tfrecordPictures([bytesInMemory('a', bytes.subarray(0, last))])).names).toHaveLength(2);
  });

  it('tells wrong checksums, with what they must be, what they are, and where', async () => {
    const data = bytesOf('encoded');
    data[60] = (data[60] ?? 0) ^ 1;
    const { starts } = await recordIndex(file('encoded'));
    const second = bytesOf('encoded');
    second[starts[1] ?? 0]! ^= 1;
    await expect(tfrecordPictures([bytesInMemory('a', second)])).rejects.toThrow(
      /^a: byte \d+: the checksum of a record's length must be "?0x[0-9a-f]{8}"?, got "0x[0-9a-f]{8}"\. What follows/,
    );
    await expect(tfrecordPictures([bytesInMemory('a', data)])).rejects.toThrow(
      /^a: record 0 at byte 0: the checksum must be 0x[0-9a-f]{8}, got "0x[0-9a-f]{8}"$/,
    );
    const later = bytesOf('encoded');
    later[(starts[1] ?? 0) + 60]! ^= 1;
    const source = await tfrecordPictures([bytesInMemory('a', later)], { labels: true });
    expect(source.labels).toEqual([1, -1, 1]);
    await expect(source.read(1)).rejects.toThrow('record 1 at byte');
    expect(isPng(await source.read(2))).toBe(true);
  });

  it('refuses what is no such file by its name', async () => {
    const text = bytesInMemory('a', new TextEncoder().encode('this is a text, not records'));
    await expect(tfrecordPictures([text])).rejects.toThrow('This is no TFRecord file');
    await expect(open('gzip')).rejects.toThrow('not compressed, got "gzip". Unpack it first');
    await expect(open('zlib')).rejects.toThrow('not compressed, got "zlib"');
    await expect(open('empty')).rejects.toThrow('needs a record');
    await expect(open('other names')).rejects.toThrow('Name the one that holds the picture');
    await expect(open('two pictures')).rejects.toThrow('record 0: image: must be one value');
    await expect(open('picture of integers')).rejects.toThrow('image: must be bytes, got "integers"');
    await expect(open('encoded', { feature: 'pixels' })).rejects.toThrow('must have the feature pixels');
  });

  it('refuses options that are none', async () => {
    const cases: [unknown, string][] = [
      [{ features: 'a' }, 'Did you mean "feature"?'],
      [{ feature: '' }, 'must be the name of a feature'],
      [{ label: 'a' }, 'needs labels: true'],
      [{ resolution: 0 }, 'at least 1'],
    ];
    for (const [options, says] of cases) {
      const refused = open('encoded', options as TfrecordPicturesOptions);
      await expect(refused).rejects.toThrow(says);
      await expect(refused).rejects.toThrow(ArgumentError);
    }
    await expect(tfrecordPictures([])).rejects.toThrow('needs a list of files');
  });

  it('answers damaged files with pictures of the claimed size, or an error of ours', async () => {
    const whole = (['encoded', 'r02', 'raw', 'gray'] as const).map((name) => ({
      name,
      bytes: bytesOf(name),
    }));
    const damage = fc.record({
      from: fc.constantFrom(...whole),
      changes: fc.array(fc.tuple(fc.nat(600), fc.nat(255)), { maxLength: 3 }),
      cut: fc.oneof(fc.constant(0), fc.nat(600)),
      // Checksums that fit let damage reach what is behind them.
      mend: fc.boolean(),
    });
    const outcomes = { read: 0, refused: 0 };
    await fc.assert(
      fc.asyncProperty(damage, async ({ from, changes, cut, mend }) => {
        const bytes = damagedCopy(from.bytes, changes, cut);
        if (mend) await mendChecksums(bytes, from.bytes);
        const outcome = await outcomeOf(async () => {
          const source = await tfrecordPictures([bytesInMemory('a', bytes)], { labels: from.name === 'raw' });
          for (let i = 0; i < source.names.length; i++) {
            const picture = await source.read(i);
            if (picture instanceof Uint8Array) continue;
            expect(picture.data).toHaveLength(picture.height * picture.width * picture.channels);
          }
        });
        outcomes[outcome]++;
      }),
      { numRuns: 3000 },
    );
    expect(Math.min(outcomes.read, outcomes.refused)).toBeGreaterThan(300);
  });
});

/** Sets the lengths back and the checksums to what TensorFlow's rule makes them, by a CRC of its own. */
async function mendChecksums(bytes: Uint8Array, whole: Uint8Array): Promise<void> {
  const { starts } = await recordIndex(bytesInMemory('whole', whole));
  for (let i = 0; i + 1 < starts.length; i++) {
    const [start = 0, end = 0] = [starts[i], starts[i + 1]];
    if (end > bytes.length) return;
    bytes.set(whole.subarray(start, start + 12), start);
    let crc = ~0;
    for (const byte of bytes.subarray(start + 12, end - 4)) {
      crc ^= byte;
      for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0x82f63b78 : 0);
    }
    const turned = ((~crc >>> 15) | (~crc << 17)) + 0xa282ead8;
    new DataView(bytes.buffer, bytes.byteOffset + end - 4).setUint32(0, turned >>> 0, true);
  }
}

describe('recordIndex', () => {
  it('hops over large records, reading their headers alone, and finds small ones in few reads', async () => {
    const { starts } = await recordIndex(file('gray'));
    const record = bytesOf('gray').subarray(0, starts[1]);
    const records = 5000;
    const bytes = new Uint8Array(record.length * records);
    for (let i = 0; i < records; i++) bytes.set(record, i * record.length);
    let reads = 0;
    const many: ByteSource = {
      ...bytesInMemory('many', bytes),
      read: async (offset, length) => {
        reads++;
        return bytes.subarray(offset, offset + length);
      },
    };
    const index = await recordIndex(many);
    expect(index.starts).toEqual(Float64Array.from({ length: records + 1 }, (_, i) => i * record.length));
    expect(reads).toBeLessThan(bytes.length / 2 ** 16 + 3);
    expect(index.cutOff).toBe(false);
  });

  it('refuses a file that a read fails of', async () => {
    const broken: ByteSource = {
      ...file('gray'),
      read: async () => {
        throw new FormatError('gone');
      },
    };
    await expect(tfrecordPictures([broken])).rejects.toThrow('gone');
  });
});
