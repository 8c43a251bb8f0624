import { ArgumentError, FormatError, seededStream } from '@eigengan/core';
import { describe, expect, it, vi } from 'vitest';
import { arraySource } from '../array-source';
import { floatsToBytes } from '../pixel-range';
import { portraits } from '../portraits/portraits';
import { contactSheet } from './contact-sheet';
import { describeInspection } from './describe-inspection';
import { inspect } from './inspect';
import type { InspectedSource } from './inspected-source';

const side = 16;
const bytes = side * side * 3;

/** Noise that differs from image to image. */
function noise(seed: number): Uint8Array {
  const stream = seededStream(seed, 'noise');
  return Uint8Array.from({ length: bytes }, () => 256 * stream.uniform());
}

/** A set of images, some of them damaged, as a folder would be. */
function setOf(
  images: readonly (Uint8Array | string)[],
  more: Partial<InspectedSource> = {},
): InspectedSource {
  return {
    length: images.length,
    shape: [side, side, 3],
    names: images.map((_, i) => `${i}.jpg`),
    read: async (index) => {
      const image = images[index];
      if (image instanceof Uint8Array) return image.slice();
      throw new FormatError(`${index}.jpg: ${image}`);
    },
    ...more,
  };
}

describe('inspect', () => {
  it('counts images and says which are damaged, and why', async () => {
    const found = await inspect(setOf([noise(1), 'ends early', noise(2), 'no image']));
    expect(found).toMatchObject({ length: 4, whole: 2, shape: [side, side, 3] });
    expect(found.damaged).toEqual([
      { index: 1, name: '1.jpg', reason: 'ends early' },
      { index: 3, name: '3.jpg', reason: 'no image' },
    ]);
    expect(found.sheet.map(({ index }) => index)).toEqual([0, 2]);
    const nothing = await inspect(setOf(['a', 'b']));
    expect(nothing).toMatchObject({ whole: 0, mean: undefined, channels: [], sheet: [], labels: undefined });
    expect(nothing.warnings).toEqual(['none of the 2 images can be read']);
    expect((await inspect(setOf([]))).whole).toBe(0);
  });

  it('gives mean, deviation and mean picture of all values', async () => {
    const images = [noise(1), noise(2), noise(3)];
    const found = await inspect(setOf(images));
    const green = images
      .flatMap((image) => [...image].filter((_, i) => i % 3 === 1))
      .map((v) => v / 127.5 - 1);
    const mean = green.reduce((a, b) => a + b) / green.length;
    const variance = green.reduce((a, b) => a + (b - mean) ** 2, 0) / green.length;
    expect(found.channels).toHaveLength(3);
    expect(found.channels[1]?.mean).toBeCloseTo(mean, 10);
    expect(found.channels[1]?.standardDeviation).toBeCloseTo(Math.sqrt(variance), 10);
    const [a, b, c] = images;
    expect(found.mean?.data).toEqual(Uint8Array.from(a!, (v, i) => Math.round((v + b![i]! + c![i]!) / 3)));
  });

  it('finds equal images, and those that look the same', async () => {
    const faces = portraits({ size: side, length: 4 });
    const [a, b, c] = [faces.read(0), faces.read(1), faces.read(2)];
    const lighter = c.map((value) => Math.min(255, value + 2));
    const found = await inspect(setOf([a, b, a, c, 'damaged', lighter, a]));
    const numbers = (groups: typeof found.duplicates) =>
      groups.map((group) => group.map(({ index }) => index));
    expect(numbers(found.duplicates)).toEqual([[0, 2, 6]]);
    expect(found.duplicates[0]?.[1]).toEqual({ index: 2, name: '2.jpg' });
    expect(numbers(found.nearDuplicates)).toEqual([[3, 5]]);
    expect(found.warnings).toContain('33 % of the images repeat another one exactly');
  });

  it('takes different faces in the same pose for different', async () => {
    const found = await inspect(portraits({ size: 16, length: 500 }));
    expect(found.duplicates).toEqual([]);
    expect(found.nearDuplicates).toEqual([]);
  });

  it('tells the pictures that are enlarged, gray or blank', async () => {
    const gray = noise(5).map((_, i, all) => all[i - (i % 3)]!);
    const images = [noise(1), gray, new Uint8Array(bytes).fill(7), noise(2)];
    const sizes = [
      { height: 8, width: 9, channels: 3 },
      { height: 100, width: 200, channels: 1 },
      { height: 8, width: 9, channels: 3 },
      { height: 14, width: 14, channels: 4 },
    ];
    const found = await inspect(setOf(images, { original: async (index) => sizes[index]! }));
    expect(found).toMatchObject({ gray: 2, blank: 1 });
    expect(found.pictures).toEqual({
      smallest: { height: 8, width: 9 },
      median: { height: 8, width: 9 },
      largest: { height: 100, width: 200 },
      sizes: [
        { height: 8, width: 9, count: 2 },
        { height: 14, width: 14, count: 1 },
        { height: 100, width: 200, count: 1 },
      ],
      channels: [
        { channels: 3, count: 2 },
        { channels: 1, count: 1 },
        { channels: 4, count: 1 },
      ],
      enlarged: 2,
    });
    expect(found.warnings).toEqual([
      expect.stringContaining('4 images are few'),
      '50 % of the pictures are smaller than 16 x 16: they are enlarged, and blurred',
      '50 % of the images are gray, among color',
      '1 image of a single color',
    ]);
    const all = await inspect(setOf([gray]));
    expect(all.warnings).toContain('all images are gray: channels: 1 is enough');
  });

  it('counts labels of whole images, with the names of their classes', async () => {
    const images = [noise(1), noise(2), noise(3), 'damaged'];
    const found = await inspect(setOf(images, { labels: [1, 0, 1, 0], classes: ['cat', 'dog'] }));
    expect(found.labels).toEqual([
      { label: 1, name: 'dog', count: 2 },
      { label: 0, name: 'cat', count: 1 },
    ]);
    const vectors = await inspect(
      setOf(images, {
        labels: [
          [1, 0],
          [0, 1],
          [1, 0],
          [0, 0],
        ],
      }),
    );
    expect(vectors.labels?.[0]).toEqual({ label: [1, 0], name: undefined, count: 2 });
  });

  it('shows images from all over the source as the network is given them', async () => {
    const source = portraits({ size: 8, length: 100 });
    const { sheet } = await inspect(source, { sheet: 4 });
    expect(sheet.map(({ index, name }) => [index, name])).toEqual([
      [12, '12'],
      [37, '37'],
      [62, '62'],
      [87, '87'],
    ]);
    // The floats of 0 .. 255 are x / 127.5 - 1.
    expect(sheet[1]?.data).toEqual(floatsToBytes(Float32Array.from(source.read(37), (x) => x / 127.5 - 1)));
    expect(await inspect(source, { sheet: 0 })).toMatchObject({ sheet: [], whole: 100 });
    expect((await inspect(source)).sheet).toHaveLength(64);
  });

  it('reads each image once, with what it can tell of it, and few at a time', async () => {
    let underWay = 0;
    let most = 0;
    const read = vi.fn(async (index: number) => {
      most = Math.max(most, ++underWay);
      await new Promise((resolve) => setTimeout(resolve, 1));
      underWay--;
      return noise(index);
    });
    const onProgress = vi.fn();
    await inspect({ length: 50, shape: [side, side, 3], read }, { sheet: 0, onProgress });
    expect(read).toHaveBeenCalledTimes(50);
    expect(most).toBeLessThanOrEqual(16);
    expect(onProgress.mock.calls).toEqual(Array.from({ length: 50 }, (_, i) => [i + 1, 50]));
  });

  it('lets others have their turn, and ends when it is told to', async () => {
    const controller = new AbortController();
    const source = portraits({ size: 8, length: 100_000 });
    setTimeout(() => controller.abort(new Error('enough')));
    await expect(inspect(source, { signal: controller.signal })).rejects.toThrow('enough');
  });

  it('passes on what is no damage, and refuses what is no source', async () => {
    const broken = setOf([noise(1)], {
      read: () => {
        throw new TypeError('a bug');
      },
    });
    await expect(inspect(broken)).rejects.toThrow('a bug');
    const short = setOf([new Uint8Array(5)]);
    await expect(inspect(short)).rejects.toThrow(
      'source.read(0): must give a Uint8Array of 768 bytes, got 5',
    );
    await expect(inspect(arraySource(new Uint8Array(5 * 64), [1, 8, 8, 5]))).rejects.toThrow(
      '1 to 4 channels',
    );
    const options: object = { sheets: 3 };
    await expect(inspect(setOf([]), options)).rejects.toThrow('Did you mean "sheet"?');
    await expect(inspect(setOf([]), { sheet: -1 })).rejects.toThrow(ArgumentError);
  });
});

describe('describeInspection', () => {
  it('says what was found in a few lines', async () => {
    const images = [noise(1), noise(1), 'ends early', noise(2), 'a', 'b', 'c', 'd', 'e'];
    const sizes = { height: 20, width: 30, channels: 3 };
    const found = await inspect(
      setOf(images, {
        original: async (index) => ({ ...sizes, height: index === 3 ? 40 : 20 }),
        labels: images.map((_, i) => i % 2),
      }),
    );
    const text = describeInspection(found);
    expect(text.replaceAll(/-?\d\.\d\d/g, '#')).toBe(
      [
        '3 images of 16 x 16 x 3, of 9',
        'pictures (height x width): 20 x 30 to 40 x 30, median 20 x 30; most often 20 x 30 (2)',
        'channels: RGB 3',
        'values: mean #, #, #; standard deviation #, #, #',
        'labels: 1 2, 0 1',
        'the same: 0.jpg, 1.jpg',
        'damaged: 2.jpg: ends early',
        'damaged: 4.jpg: a',
        'damaged: 5.jpg: b',
        'damaged: 6.jpg: c',
        'damaged: 7.jpg: d',
        'damaged: 1 more',
        ...found.warnings.map((warning) => `warning: ${warning}`),
      ].join('\n'),
    );
    expect(found.warnings).toHaveLength(3);
  });
});

describe('contactSheet', () => {
  it('lays pictures side by side, whatever their channels', () => {
    const picture = (channels: 1 | 2 | 3 | 4, ...data: number[]) =>
      ({ height: 1, width: 1, channels, data: Uint8Array.from(data) }) as const;
    const sheet = contactSheet(
      [picture(1, 9), picture(2, 8, 7), picture(3, 1, 2, 3), picture(4, 4, 5, 6, 7)],
      { columns: 3, gap: 0 },
    );
    expect(sheet).toMatchObject({ height: 2, width: 3, channels: 4 });
    const white = [255, 255, 255, 255];
    expect([...sheet.data]).toEqual([
      ...[9, 9, 9, 255, 8, 8, 8, 7, 1, 2, 3, 255],
      ...[4, 5, 6, 7, ...white, ...white],
    ]);
    expect(contactSheet([picture(1, 0)]).data).toHaveLength(5 * 5 * 4);
    expect(() => contactSheet([])).toThrow(ArgumentError);
    expect(() => contactSheet([picture(1, 0), { ...picture(1, 0, 0), height: 2 }])).toThrow('must be 1 x 1');
  });
});
