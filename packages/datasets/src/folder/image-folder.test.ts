import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { EigenganError, FormatError } from '@eigengan/core';
import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
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
    const source = await imageFolder(folder, { size: 32 });
    expect(source.files).toEqual(['E.Gif', 'a.png', 'b.JPG', 'd.avif', 'deep/er/c.webp', 'f.tiff', 'g.jpeg']);
    expect(source).toMatchObject({ length: 7, shape: [32, 32, 3], skipped: [], cached: 7 });
    for (let i = 0; i < source.length; i++) {
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
    const source = await imageFolder(folder, { size: 32 });
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
      const source = await imageFolder(folder, { size: 16, channels });
      expect(source.skipped).toEqual([]);
      expect(source.length).toBe(6);
      for (let i = 0; i < source.length; i++) {
        const expected = channels === 4 ? [100, 100, 100, 255] : Array.from({ length: channels }, () => 100);
        const tolerance = source.files[i] === '6-cmyk.jpg' ? 12 : 2;
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
      Array.from((await (await imageFolder(folder, options)).read(0)).subarray(0, options.channels ?? 3));
    expectNear([await over({ size: 16 })], [[127, 127, 127]], 1);
    expectNear([await over({ size: 16, background: [200, 100, 0] })], [[100, 50, 0]], 1);
    expectNear([await over({ size: 16, channels: 4 })], [[0, 0, 0, 128]], 1);
  });

  it('cuts to cover, adds margins to contain, distorts to fill', async () => {
    // 64 x 32: red, then 32 columns of green, then red.
    const wide = plain(red, 64, 32).composite([
      { input: await plain(green).png().toBuffer(), left: 16, top: 0 },
    ]);
    await put('wide.png', await wide.png().toBuffer());
    const row = async (fit: 'cover' | 'contain' | 'fill', y: number) => {
      const bytes = await (await imageFolder(folder, { size: 32, fit, background: [1, 2, 3] })).read(0);
      return [1, 16, 30].map((x) => Array.from(bytes.subarray((y * 32 + x) * 3, (y * 32 + x) * 3 + 3)));
    };
    expectNear(await row('cover', 16), [green, green, green]);
    expectNear(await row('contain', 16), [red, green, red]);
    expectNear(await row('contain', 2), [
      [1, 2, 3],
      [1, 2, 3],
      [1, 2, 3],
    ]);
    expectNear(await row('fill', 2), [red, green, red]);
  });

  it('reduces without aliasing', async () => {
    const stripes = new Uint8Array(256 * 256 * 3).map((_, i) => (Math.floor(i / 3) % 2 === 0 ? 255 : 0));
    await put(
      'stripes.png',
      await sharp(stripes, { raw: { width: 256, height: 256, channels: 3 } })
        .png()
        .toBuffer(),
    );
    const bytes = await (await imageFolder(folder, { size: 16 })).read(0);
    for (const value of bytes) expect(Math.abs(value - 127.5)).toBeLessThan(12);
  });

  it('leaves out what is damaged, and says what and why', async () => {
    const jpeg = await quarters().jpeg().toBuffer();
    await put('a.jpg', jpeg);
    await put('b-cut.jpg', jpeg.subarray(0, Math.floor(jpeg.length * 0.7)));
    await put('c-text.png', 'this is no picture');
    await put('d-empty.webp', '');
    await put('e-drawing.png', '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>');
    const png = await quarters().png().toBuffer();
    await put('f-cut.png', png.subarray(0, Math.floor(png.length * 0.6)));
    await put('g.png', png);
    await put('notes.txt', 'not considered');
    const seen: number[][] = [];
    const source = await imageFolder(folder, { size: 32, onProgress: (...step) => seen.push(step) });
    expect(source.files).toEqual(['a.jpg', 'g.png']);
    expect(source.length).toBe(2);
    expect(source.skipped.map(({ file }) => file)).toEqual([
      'b-cut.jpg',
      'c-text.png',
      'd-empty.webp',
      'e-drawing.png',
      'f-cut.png',
    ]);
    for (const { reason } of source.skipped) expect(reason).toMatch(/^\S.{5,}$/);
    expect(source.skipped[3]?.reason).toContain('svg');
    expect(seen).toEqual([1, 2, 3, 4, 5, 6, 7].map((done) => [done, 7]));
    const refused = imageFolder(folder, { size: 32, onError: 'throw', concurrency: 1 });
    await expect(refused).rejects.toThrow(FormatError);
    await expect(refused).rejects.toThrow('b-cut.jpg: ');
  });

  it('leaves out hidden files and folders, and follows links to files', async () => {
    const png = await quarters().png().toBuffer();
    for (const name of ['a.png', '._a.png', '.b.png', '.thumbnails/c.png']) await put(name, png);
    await symlink(join(folder, 'a.png'), join(folder, 'link.png'));
    await symlink(join(folder, 'nowhere.png'), join(folder, 'broken.png'));
    await symlink(folder, join(folder, 'loop'));
    expect((await imageFolder(folder, { size: 32 })).files).toEqual(['a.png', 'link.png']);
  });

  it('keeps as many images as the memory holds and decodes the rest when read', async () => {
    for (const [i, color] of [red, green, blue].entries())
      await put(`${i}.png`, await plain(color).png().toBuffer());
    const all = await imageFolder(folder, { size: 16 });
    const some = await imageFolder(folder, { size: 16, memory: 16 * 16 * 3 * 2, concurrency: 1 });
    const none = await imageFolder(folder, { size: 16, memory: 0 });
    expect([all.cached, some.cached, none.cached]).toEqual([3, 2, 0]);
    for (let i = 0; i < 3; i++) {
      expect(await some.read(i)).toEqual(await all.read(i));
      expect(await none.read(i)).toEqual(await all.read(i));
    }
    const changed = await all.read(0);
    changed.fill(0);
    expect((await all.read(0))[0]).toBe(200);
    await rm(join(folder, '2.png'));
    await expect(some.read(2)).rejects.toThrow('2.png was whole when the folder was opened and is not now');
    await expect(all.read(3)).rejects.toThrow('imageFolder: index');
  });

  it('names a folder that is missing, empty, or without a whole image', async () => {
    await expect(imageFolder(join(folder, 'absent'), { size: 32 })).rejects.toThrow(join(folder, 'absent'));
    await expect(imageFolder(folder, { size: 32 })).rejects.toThrow(
      `imageFolder: ${folder}: the folder must hold images`,
    );
    await put('readme.md', 'text');
    await expect(imageFolder(folder, { size: 32 })).rejects.toThrow('and 1 other files');
    await put('a.png', 'text');
    await expect(imageFolder(folder, { size: 32 })).rejects.toThrow(
      'at least one of the 1 images must be whole',
    );
  });

  it('refuses bad options', async () => {
    const bad = [
      { size: 4 },
      { size: 32.5 },
      { size: 32, memory: -1 },
      { size: 32, concurrency: 0 },
      { size: 32, background: [0, 0, 300] as const },
    ];
    for (const options of bad) await expect(imageFolder(folder, options)).rejects.toSatisfy(EigenganError.is);
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
