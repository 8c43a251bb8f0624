import { mkdir, mkdtemp, rename, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { EigenganError, FormatError } from '@eigengan/core';
import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { folderPictures } from './folder-pictures';
import { imageFolder } from './image-folder';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'image-folder-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

async function put(name: string, content: Uint8Array | string): Promise<void> {
  const path = join(folder, name);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, content);
}

type Triple = readonly [number, number, number];
const red: Triple = [200, 30, 40];
const green: Triple = [20, 180, 60];
const blue: Triple = [30, 60, 210];
const gray: Triple = [120, 120, 120];

/** 32 x 32, a color a quarter: red and green above, blue and gray below. */
function quarters() {
  const data = new Uint8Array(32 * 32 * 3);
  for (let y = 0; y < 32; y++) {
    for (let x = 0; x < 32; x++)
      data.set(y < 16 ? (x < 16 ? red : green) : x < 16 ? blue : gray, (y * 32 + x) * 3);
  }
  return sharp(data, { raw: { width: 32, height: 32, channels: 3 } });
}

function plain([r, g, b]: Triple, width = 32, height = 32) {
  return sharp({ create: { width, height, channels: 3, background: { r, g, b } } });
}

/** The pixel in the middle of each quarter, row by row. */
function middles(bytes: Uint8Array, channels: number, size = 32): number[][] {
  return [0.25, 0.75].flatMap((y) =>
    [0.25, 0.75].map((x) => {
      const at = (Math.floor(y * size) * size + Math.floor(x * size)) * channels;
      return Array.from(bytes.subarray(at, at + channels));
    }),
  );
}

function expectNear(
  actual: readonly number[][],
  expected: readonly (readonly number[])[],
  tolerance = 4,
): void {
  expect(actual).toHaveLength(expected.length);
  actual.forEach((pixel, i) => {
    expect(pixel).toHaveLength(expected[i]!.length);
    pixel.forEach((value, channel) => {
      expect(Math.abs(value - expected[i]![channel]!), `pixel ${i}, channel ${channel}`).toBeLessThanOrEqual(
        tolerance,
      );
    });
  });
}

describe('imageFolder', () => {
  it('reads each format, whatever the case of its suffix, sorted by path', async () => {
    await put('b.JPG', await quarters().jpeg({ quality: 100, chromaSubsampling: '4:4:4' }).toBuffer());
    await put('a.png', await quarters().png().toBuffer());
    await put('deep/er/c.webp', await quarters().webp({ lossless: true }).toBuffer());
    await put('d.avif', await quarters().avif({ lossless: true }).toBuffer());
    await put('E.Gif', await quarters().gif().toBuffer());
    await put('f.tiff', await quarters().tiff().toBuffer());
    await put('g.jpeg', await quarters().jpeg({ quality: 100, chromaSubsampling: '4:4:4' }).toBuffer());
    await put('h.BMP', 'BM, and no picture');
    const source = await imageFolder(folder, { workers: 0, size: 32 });
    expect(source.names).toEqual([
      'E.Gif',
      'a.png',
      'b.JPG',
      'd.avif',
      'deep/er/c.webp',
      'f.tiff',
      'g.jpeg',
      'h.BMP',
    ]);
    expect(source).toMatchObject({ length: 8, shape: [32, 32, 3], damaged: [] });
    for (let i = 0; i < 7; i++) {
      expectNear(middles(await source.read(i), 3), [red, green, blue, gray], 6);
    }
  });

  it('turns a photograph as its EXIF orientation says', async () => {
    // Where each corner of the upright picture lies in the file, by the EXIF standard.
    const stored = {
      1: (x: number, y: number) => [x, y],
      2: (x: number, y: number) => [31 - x, y],
      3: (x: number, y: number) => [31 - x, 31 - y],
      4: (x: number, y: number) => [x, 31 - y],
      5: (x: number, y: number) => [y, x],
      6: (x: number, y: number) => [y, 31 - x],
      7: (x: number, y: number) => [31 - y, 31 - x],
      8: (x: number, y: number) => [31 - y, x],
    } as const;
    const upright = await quarters().raw().toBuffer();
    for (const [orientation, place] of Object.entries(stored)) {
      const data = new Uint8Array(upright.length);
      for (let y = 0; y < 32; y++) {
        for (let x = 0; x < 32; x++) {
          const [column = 0, row = 0] = place(x, y);
          data.set(upright.subarray((y * 32 + x) * 3, (y * 32 + x) * 3 + 3), (row * 32 + column) * 3);
        }
      }
      const file = sharp(data, { raw: { width: 32, height: 32, channels: 3 } });
      await put(
        `${orientation}.jpg`,
        await file
          .withMetadata({ orientation: Number(orientation) })
          .jpeg({ quality: 100 })
          .toBuffer(),
      );
    }
    const source = await imageFolder(folder, { workers: 0, size: 32 });
    expect(source.length).toBe(8);
    for (let i = 0; i < 8; i++) expectNear(middles(await source.read(i), 3), [red, green, blue, gray], 6);
  });

  it('makes 1, 3 or 4 channels of gray, gray with alpha, palette, 16 bit and CMYK', async () => {
    const flat = Buffer.alloc(16 * 16, 100);
    await put(
      '1-gray.png',
      await sharp(flat, { raw: { width: 16, height: 16, channels: 1 } })
        .png()
        .toBuffer(),
    );
    const translucent = Buffer.from(Array.from({ length: 16 * 16 }, () => [100, 255]).flat());
    await put(
      '2-gray-alpha.png',
      await sharp(translucent, { raw: { width: 16, height: 16, channels: 2 } })
        .toColourspace('b-w')
        .png()
        .toBuffer(),
    );
    await put('3-palette.png', await plain([100, 100, 100]).png({ palette: true }).toBuffer());
    const deep = new Uint16Array(16 * 16 * 3).fill(100 * 257);
    await put(
      '4-deep.png',
      await sharp(deep, { raw: { width: 16, height: 16, channels: 3 } })
        .toColourspace('rgb16')
        .png()
        .toBuffer(),
    );
    const deepGray = new Uint16Array(16 * 16).fill(100 * 257);
    await put(
      '5-deep-gray.png',
      await sharp(deepGray, { raw: { width: 16, height: 16, channels: 1 } })
        .toColourspace('grey16')
        .png()
        .toBuffer(),
    );
    await put(
      '6-cmyk.jpg',
      await plain([100, 100, 100]).toColourspace('cmyk').jpeg({ quality: 100 }).toBuffer(),
    );
    const depths = await Promise.all(
      ['4-deep.png', '5-deep-gray.png'].map((name) => sharp(join(folder, name)).metadata()),
    );
    expect(depths.map(({ depth }) => depth)).toEqual(['ushort', 'ushort']);
    expect((await sharp(join(folder, '6-cmyk.jpg')).metadata()).space).toBe('cmyk');
    for (const channels of [1, 3, 4] as const) {
      const source = await imageFolder(folder, { workers: 0, size: 16, channels });
      expect(source.length).toBe(6);
      for (let i = 0; i < source.length; i++) {
        const expected = channels === 4 ? [100, 100, 100, 255] : Array.from({ length: channels }, () => 100);
        const tolerance = source.names[i] === '6-cmyk.jpg' ? 12 : 2;
        expectNear(
          middles(await source.read(i), channels, 16),
          [expected, expected, expected, expected],
          tolerance,
        );
      }
    }
  });

  it('lays transparent pixels over the background, or keeps their alpha with 4 channels', async () => {
    const half = { r: 0, g: 0, b: 0, alpha: 0.5 };
    await put(
      'half.png',
      await sharp({ create: { width: 16, height: 16, channels: 4, background: half } })
        .png()
        .toBuffer(),
    );
    const over = async (options: Parameters<typeof imageFolder>[1]) =>
      Array.from(
        (await (await imageFolder(folder, { workers: 0, ...options })).read(0)).subarray(
          0,
          options.channels ?? 3,
        ),
      );
    expectNear([await over({ size: 16 })], [[127, 127, 127]], 1);
    expectNear([await over({ size: 16, background: [200, 100, 0] })], [[100, 50, 0]], 1);
    expectNear([await over({ size: 16, channels: 4 })], [[0, 0, 0, 128]], 1);
  });

  it('cuts to cover, adds margins to contain, distorts to stretch', async () => {
    // 64 x 32: red, then 32 columns of green, then red.
    const wide = plain(red, 64, 32).composite([
      { input: await plain(green).png().toBuffer(), left: 16, top: 0 },
    ]);
    await put('wide.png', await wide.png().toBuffer());
    const row = async (fit: 'cover' | 'contain' | 'stretch', y: number) => {
      const bytes = await (
        await imageFolder(folder, { workers: 0, size: 32, fit, background: [1, 2, 3] })
      ).read(0);
      return [1, 16, 30].map((x) => Array.from(bytes.subarray((y * 32 + x) * 3, (y * 32 + x) * 3 + 3)));
    };
    expectNear(await row('cover', 16), [green, green, green]);
    expectNear(await row('contain', 16), [red, green, red]);
    expectNear(await row('contain', 2), [
      [1, 2, 3],
      [1, 2, 3],
      [1, 2, 3],
    ]);
    expectNear(await row('stretch', 2), [red, green, red]);
  });

  it('reduces without aliasing', async () => {
    const stripes = new Uint8Array(256 * 256 * 3).map((_, i) => (Math.floor(i / 3) % 2 === 0 ? 255 : 0));
    await put(
      'stripes.png',
      await sharp(stripes, { raw: { width: 256, height: 256, channels: 3 } })
        .png()
        .toBuffer(),
    );
    const bytes = await (await imageFolder(folder, { workers: 0, size: 16 })).read(0);
    for (const value of bytes) expect(Math.abs(value - 127.5)).toBeLessThan(12);
  });

  it('says what is damaged and why, and reads the others', async () => {
    const jpeg = await quarters().jpeg().toBuffer();
    await put('a.jpg', jpeg);
    await put('b-cut.jpg', jpeg.subarray(0, Math.floor(jpeg.length * 0.7)));
    await put('c-text.png', 'this is no picture');
    await put('d-empty.webp', '');
    await put('e-drawing.png', '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>');
    const png = await quarters().png().toBuffer();
    await put('f-cut.png', png.subarray(0, Math.floor(png.length * 0.6)));
    await put('g.bmp', 'BM, and no picture');
    await put('h.png', png);
    await put('notes.txt', 'not considered');
    const source = await imageFolder(folder, { size: 32 });
    expect(source.length).toBe(8);
    expect(source.damaged).toEqual([]);
    const seen: number[][] = [];
    const damaged = await source.decodeAll({ onProgress: (...step) => seen.push(step) });
    expect(seen).toEqual([1, 2, 3, 4, 5, 6, 7, 8].map((done) => [done, 8]));
    expect(damaged.map(({ index, name }) => [index, name])).toEqual([
      [1, 'b-cut.jpg'],
      [2, 'c-text.png'],
      [3, 'd-empty.webp'],
      [4, 'e-drawing.png'],
      [5, 'f-cut.png'],
      [6, 'g.bmp'],
    ]);
    for (const { reason } of damaged) expect(reason).toMatch(/^\S.{5,}$/);
    expect(damaged[3]?.reason).toContain('SVG');
    expectNear(middles(await source.read(7), 3), [red, green, blue, gray], 6);
    await expect(source.read(1)).rejects.toThrow(FormatError);
    await expect(source.read(1)).rejects.toThrow(/^b-cut.jpg: /);
    expect(source.damaged).toEqual(damaged);
  });

  it('leaves out hidden files and folders', async () => {
    const png = await quarters().png().toBuffer();
    for (const name of ['a.png', '._a.png', '.b.png', '.thumbnails/c.png']) await put(name, png);
    expect((await imageFolder(folder, { size: 32 })).names).toEqual(['a.png']);
  });

  it('follows links, but into a folder that they lie in, and lists those to nothing as damaged', async () => {
    const png = await quarters().png().toBuffer();
    for (const name of ['set/a.png', 'set/deep/b.png', 'outside/c.png']) await put(name, png);
    const at = (name: string) => join(folder, 'set', name);
    await symlink(at('a.png'), at('link.png'));
    await symlink(join(folder, 'outside'), at('linked'));
    await symlink(at('.'), join(folder, 'outside', 'back'));
    await symlink(at('.'), at('deep/loop'));
    await symlink(at('.'), at('loop.png'));
    await symlink('itself.png', at('itself.png'));
    await symlink('nowhere.png', at('broken.png'));
    const source = await imageFolder(at('.'), { size: 32, workers: 0 });
    const whole = ['a.png', 'deep/b.png', 'link.png', 'linked/c.png'];
    expect(source.names).toEqual([...whole, 'broken.png', 'itself.png'].sort());
    expect(await source.decodeAll()).toMatchObject([
      { name: 'broken.png', reason: expect.stringContaining('cannot be read: ENOENT') },
      { name: 'itself.png', reason: expect.stringContaining('cannot be read: ELOOP') },
    ]);
  });

  it('takes classes from the first folder on each path, if asked', async () => {
    const png = await quarters().png().toBuffer();
    for (const name of ['dog/2/a.png', 'cat/b.png', 'dog/1.png']) await put(name, png);
    expect(await imageFolder(folder, { size: 32 })).toMatchObject({ labels: undefined, classes: undefined });
    expect(await imageFolder(folder, { size: 32, labels: 'folders' })).toMatchObject({
      names: ['cat/b.png', 'dog/1.png', 'dog/2/a.png'],
      labels: [0, 1, 1],
      classes: ['cat', 'dog'],
    });
    await put('outside.png', png);
    await expect(imageFolder(folder, { size: 32, labels: 'folders' })).rejects.toThrow(
      `imageFolder: ${folder}: labels: 'folders' needs each image in a folder of its class, got "outside.png"`,
    );
  });

  it('lists a file that went away since it was opened as damaged', async () => {
    const png = await quarters().png().toBuffer();
    for (const name of ['a.png', 'b.png']) await put(name, png);
    const source = await imageFolder(folder, { size: 32 });
    await rm(join(folder, 'a.png'));
    await expect(source.read(0)).rejects.toThrow('a.png: cannot be read: ENOENT');
    expect(source.damaged).toMatchObject([{ index: 0, name: 'a.png' }]);
    await source.read(1);
  });

  it('has a fingerprint that changes with any name, size or time, and with nothing else', async () => {
    for (const name of ['a.png', 'b.png']) await put(name, 'abc');
    const print = async () => (await folderPictures(folder)).fingerprint;
    const first = await print();
    await put('notes.txt', 'not considered');
    expect(await print()).toBe(first);
    await utimes(join(folder, 'a.png'), 1e9, 1e9);
    const second = await print();
    await put('a.png', 'abcd');
    await utimes(join(folder, 'a.png'), 1e9, 1e9);
    const third = await print();
    await rename(join(folder, 'a.png'), join(folder, 'c.png'));
    expect(new Set([first, second, third, await print()]).size).toBe(4);
  });

  it('names a folder that is missing, empty, or without a whole image', async () => {
    await expect(imageFolder(join(folder, 'absent'), { size: 32 })).rejects.toThrow(
      `imageFolder: ${join(folder, 'absent')}: cannot be read: ENOENT`,
    );
    await expect(imageFolder(folder, { size: 32 })).rejects.toThrow(
      `imageFolder: ${folder}: the folder must hold images`,
    );
    await put('readme.md', 'text');
    await expect(imageFolder(folder, { size: 32 })).rejects.toThrow('and 1 other files');
    await put('a.png', 'text');
    await expect((await imageFolder(folder, { workers: 0, size: 32 })).decodeAll()).rejects.toThrow(
      'imageFolder: decodeAll: at least one of the 1 images must be whole',
    );
  });

  it('refuses bad options', async () => {
    await put('a.png', await quarters().png().toBuffer());
    const bad: [options: unknown, says: string][] = [
      [undefined, 'imageFolder: needs options with a size'],
      [{}, 'imageFolder: size: must be given'],
      [{ size: 4 }, 'imageFolder: size'],
      [{ size: 32.5 }, 'imageFolder: size'],
      [{ size: 32, memory: -1 }, 'imageFolder: memory'],
      [{ size: 32, workers: 65 }, 'imageFolder: workers'],
      [{ size: 32, labels: 'files' }, 'imageFolder: labels'],
      [{ size: 32, chanels: 1 }, 'Did you mean "channels"?'],
      [{ size: 32, background: [0, 0, 300] }, 'imageFolder: background'],
      [{ size: 32, cache: 5 }, 'imageFolder: cache'],
    ];
    for (const [options, says] of bad) {
      const opened = imageFolder(folder, JSON.parse(JSON.stringify(options ?? null)));
      await expect(opened).rejects.toThrow(says);
      await expect(opened).rejects.toSatisfy(EigenganError.is);
    }
    await expect(imageFolder('', { size: 32 })).rejects.toThrow('needs the path of a folder');
  });

  it('says what to install when sharp is missing', async () => {
    vi.resetModules();
    vi.doMock('sharp', () => {
      throw new Error('Cannot find package sharp');
    });
    const { imageFolder: without } = await import('./image-folder');
    await expect(without(folder, { size: 32 })).rejects.toThrow('Install it with: npm i sharp');
    vi.doUnmock('sharp');
    vi.resetModules();
  });
});
