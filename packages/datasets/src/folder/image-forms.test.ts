import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { blue, expectNear, gray, green, middles, plain, quarters, red } from '../testing/quarters';
import { temporaryFolder } from '../testing/temporary-folder';
import { imageFolder } from './image-folder';

const folder = temporaryFolder();

describe('what imageFolder makes of pictures', () => {
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
      await folder.put(
        `${orientation}.jpg`,
        await file
          .withMetadata({ orientation: Number(orientation) })
          .jpeg({ quality: 100 })
          .toBuffer(),
      );
    }
    const source = await imageFolder(folder.path, { workers: 0, size: 32 });
    expect(source.length).toBe(8);
    for (let i = 0; i < 8; i++) expectNear(middles(await source.read(i), 3), [red, green, blue, gray], 6);
  });

  it('makes 1, 3 or 4 channels of gray, gray with alpha, palette, 16 bit and CMYK', async () => {
    const flat = Buffer.alloc(16 * 16, 100);
    await folder.put(
      '1-gray.png',
      await sharp(flat, { raw: { width: 16, height: 16, channels: 1 } })
        .png()
        .toBuffer(),
    );
    const translucent = Buffer.from(Array.from({ length: 16 * 16 }, () => [100, 255]).flat());
    await folder.put(
      '2-gray-alpha.png',
      await sharp(translucent, { raw: { width: 16, height: 16, channels: 2 } })
        .toColourspace('b-w')
        .png()
        .toBuffer(),
    );
    await folder.put('3-palette.png', await plain([100, 100, 100]).png({ palette: true }).toBuffer());
    const deep = new Uint16Array(16 * 16 * 3).fill(100 * 257);
    await folder.put(
      '4-deep.png',
      await sharp(deep, { raw: { width: 16, height: 16, channels: 3 } })
        .toColourspace('rgb16')
        .png()
        .toBuffer(),
    );
    const deepGray = new Uint16Array(16 * 16).fill(100 * 257);
    await folder.put(
      '5-deep-gray.png',
      await sharp(deepGray, { raw: { width: 16, height: 16, channels: 1 } })
        .toColourspace('grey16')
        .png()
        .toBuffer(),
    );
    await folder.put(
      '6-cmyk.jpg',
      await plain([100, 100, 100]).toColourspace('cmyk').jpeg({ quality: 100 }).toBuffer(),
    );
    const depths = await Promise.all(
      ['4-deep.png', '5-deep-gray.png'].map((name) => sharp(folder.at(name)).metadata()),
    );
    expect(depths.map(({ depth }) => depth)).toEqual(['ushort', 'ushort']);
    expect((await sharp(folder.at('6-cmyk.jpg')).metadata()).space).toBe('cmyk');
    for (const channels of [1, 3, 4] as const) {
      const source = await imageFolder(folder.path, { workers: 0, size: 16, channels });
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
    await folder.put(
      'half.png',
      await sharp({ create: { width: 16, height: 16, channels: 4, background: half } })
        .png()
        .toBuffer(),
    );
    const over = async (options: Parameters<typeof imageFolder>[1]) =>
      Array.from(
        (await (await imageFolder(folder.path, { workers: 0, ...options })).read(0)).subarray(
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
    await folder.put('wide.png', await wide.png().toBuffer());
    const row = async (fit: 'cover' | 'contain' | 'stretch', y: number) => {
      const bytes = await (
        await imageFolder(folder.path, { workers: 0, size: 32, fit, background: [1, 2, 3] })
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
    await folder.put(
      'stripes.png',
      await sharp(stripes, { raw: { width: 256, height: 256, channels: 3 } })
        .png()
        .toBuffer(),
    );
    const bytes = await (await imageFolder(folder.path, { workers: 0, size: 16 })).read(0);
    for (const value of bytes) expect(Math.abs(value - 127.5)).toBeLessThan(12);
  });
});
