import { crc32, deflateSync } from 'node:zlib';
import { EigenganError, FormatError } from '@eigengan/core';
import fc from 'fast-check';
import sharp, { type Sharp } from 'sharp';
import { describe, expect, it } from 'vitest';
import { drawnPicture, largestDifference, mixed } from './picture.testing';
import { sharpDecoder } from './sharp-decoder';

const decode = sharpDecoder(sharp);
const bytesOf = async (file: Sharp) => new Uint8Array(await file.toBuffer());

/** 24 x 20, smooth. */
const rgb = drawnPicture([20, 24, 3], (y, x, c) => [10 * x, 12 * y, 5 * (x + y)][c]!);
const image = (picture = rgb) =>
  sharp(picture.data, {
    raw: { width: picture.width, height: picture.height, channels: picture.channels },
  });

describe('sharpDecoder', () => {
  it('gives what lossless files hold, in as few channels as hold it', async () => {
    const gray = drawnPicture([20, 24, 1], (y, x) => mixed(24 * y + x));
    const grayAlpha = drawnPicture([20, 24, 2], (y, x, c) => mixed(24 * y + x + c));
    const rgba = drawnPicture([20, 24, 4], (y, x, c) => mixed((24 * y + x) * 4 + c));
    const opaque = drawnPicture([20, 24, 4], (y, x, c) => (c === 3 ? 255 : rgb.data[(24 * y + x) * 3 + c]!));
    for (const [picture, expected] of [
      [gray, gray],
      [grayAlpha, grayAlpha],
      [rgb, rgb],
      [rgba, rgba],
      [opaque, rgb],
    ] as const) {
      const png = picture.channels < 3 ? image(picture).toColourspace('b-w').png() : image(picture).png();
      expect(await decode('a.png', await bytesOf(png))).toEqual(expected);
      const tiff = picture.channels < 3 ? image(picture).toColourspace('b-w') : image(picture);
      expect(await decode('a.tif', await bytesOf(tiff.tiff({ compression: 'lzw' })))).toEqual(expected);
    }
    expect(await decode('a.webp', await bytesOf(image(rgb).webp({ lossless: true })))).toEqual(rgb);
  });

  it('keeps the high 8 of 16 bits', async () => {
    const deep = Uint16Array.from(rgb.data, (value, i) => value * 256 + ((i * 37) % 256));
    const png = sharp(deep, { raw: { width: 24, height: 20, channels: 3 } })
      .toColourspace('rgb16')
      .png();
    expect(await decode('a.png', await bytesOf(png))).toEqual(rgb);
  });

  it('turns a picture as its EXIF orientation says', async () => {
    // Where the upright picture's pixel [y, x] lies in the file, by the EXIF standard.
    const stored: Record<number, (y: number, x: number) => readonly [number, number]> = {
      1: (y, x) => [y, x],
      2: (y, x) => [y, 23 - x],
      3: (y, x) => [19 - y, 23 - x],
      4: (y, x) => [19 - y, x],
      5: (y, x) => [x, y],
      6: (y, x) => [23 - x, y],
      7: (y, x) => [23 - x, 19 - y],
      8: (y, x) => [x, 19 - y],
    };
    for (const [orientation, place] of Object.entries(stored)) {
      const turned = Number(orientation) > 4;
      const data = new Uint8Array(rgb.data.length);
      const width = turned ? 20 : 24;
      for (let y = 0; y < 20; y++) {
        for (let x = 0; x < 24; x++) {
          const [row, column] = place(y, x);
          data.set(rgb.data.subarray((24 * y + x) * 3, (24 * y + x) * 3 + 3), (row * width + column) * 3);
        }
      }
      const file = sharp(data, { raw: { width, height: turned ? 24 : 20, channels: 3 } });
      const tagged = file.withMetadata({ orientation: Number(orientation) });
      expect(await decode('a.png', await bytesOf(tagged.clone().png()))).toEqual(rgb);
      expect(await decode('a.tif', await bytesOf(tagged.clone().tiff({ compression: 'lzw' })))).toEqual(rgb);
      const jpeg = await decode(
        'a.jpg',
        await bytesOf(tagged.jpeg({ quality: 100, chromaSubsampling: '4:4:4' })),
      );
      expect(largestDifference(jpeg.data, rgb.data)).toBeLessThanOrEqual(4);
    }
  });

  it('takes the first frame of an animation and the first page of a TIFF', async () => {
    const frames = new Uint8Array(2 * rgb.data.length);
    frames.set(rgb.data);
    const animation = sharp(frames, { raw: { width: 24, height: 40, channels: 3, pageHeight: 20 } });
    for (const file of [
      animation.clone().webp({ lossless: true }),
      animation.clone().tiff({ compression: 'lzw' }),
    ]) {
      const bytes = await bytesOf(file);
      expect((await sharp(bytes).metadata()).pages).toBe(2);
      expect(await decode('a', bytes)).toEqual(rgb);
    }
    const gif = await decode('a', await bytesOf(animation.gif({ dither: 0 })));
    expect(gif).toMatchObject({ height: 20, width: 24, channels: 3 });
    expect(largestDifference(gif.data, rgb.data)).toBeLessThan(40);
  });

  it('converts an embedded profile, and CMYK, to sRGB', async () => {
    const p3 = await bytesOf(image().withIccProfile('p3').png());
    expect(largestDifference((await decode('a.png', p3)).data, rgb.data)).toBeLessThanOrEqual(6);
    // It is the profile that makes them alike.
    const asStored = await sharp(p3, { ignoreIcc: true }).raw().toBuffer();
    expect(largestDifference(asStored, rgb.data)).toBeGreaterThan(10);
    const plain = sharp({
      create: { width: 16, height: 16, channels: 3, background: { r: 90, g: 120, b: 150 } },
    });
    const cmyk = await bytesOf(plain.toColourspace('cmyk').jpeg({ quality: 100 }));
    expect((await sharp(cmyk).metadata()).space).toBe('cmyk');
    const { data, channels } = await decode('a.jpg', cmyk);
    expect(channels).toBe(3);
    expect(largestDifference(data.subarray(0, 3), [90, 120, 150])).toBeLessThanOrEqual(12);
  });

  it('refuses what is cut short, of every kind', async () => {
    const whole = {
      'a.jpg': image().jpeg(),
      'progressive.jpg': image().jpeg({ progressive: true }),
      'a.png': image().png(),
      'a.webp': image().webp(),
      'lossless.webp': image().webp({ lossless: true }),
      'a.avif': image().avif(),
      'a.gif': image().gif(),
      'a.tif': image().tiff({ compression: 'lzw' }),
    };
    for (const [name, file] of Object.entries(whole)) {
      const bytes = await bytesOf(file);
      for (const part of [0.02, 0.3, 0.6, 0.9]) {
        const cut = decode(name, bytes.subarray(0, part * bytes.length));
        await expect(cut, `${name} ${part}`).rejects.toThrow(FormatError);
        await expect(cut).rejects.toThrow(new RegExp(`^${name}: must .{10,200}$`));
      }
    }
  });

  it('refuses what is no image, and kinds that it does not read, by name', async () => {
    const refused = async (content: string | Uint8Array, got: string) => {
      const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
      await expect(decode('a.png', bytes)).rejects.toThrow(
        `a.png: must hold one of JPEG, PNG, WebP, AVIF, GIF, TIFF, BMP, got ${got}`,
      );
    };
    await refused('', '"an empty file"');
    await refused('this is no picture', 'a file that begins with 74 68 69 73 20 69 73 20');
    await refused('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>', '"SVG"');
    await refused('<?xml version="1.0"?><svg/>', '"XML or SVG"');
    await refused('%PDF-1.7', '"PDF"');
    await refused('\0\0\0\x18ftypheic\0\0\0\0mif1heic', '"HEIC"');
    await refused('\0\0\0\x18ftypmif1\0\0\0\0mif1heic', '"HEIF"');
    await refused('II+\0\b\0\0\0', '"BigTIFF"');
    await refused(Uint8Array.of(0xff, 0x0a, 1, 2), '"JPEG XL"');
    await refused('<!DOCTYPE html><title>Not found</title>', '"HTML"');
  });

  it('refuses a picture of too many pixels before it decodes it', async () => {
    const chunk = (type: string, data: Uint8Array) => {
      const body = Buffer.concat([Buffer.from(type), data]);
      const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
      length.writeUInt32BE(data.length);
      sum.writeUInt32BE(crc32(body));
      return Buffer.concat([length, body, sum]);
    };
    const header = Buffer.alloc(13);
    header.writeUInt32BE(20_000, 0);
    header.writeUInt32BE(20_000, 4);
    header.set([8, 0, 0, 0, 0], 8);
    const bomb = Buffer.concat([
      Buffer.from('89504e470d0a1a0a', 'hex'),
      chunk('IHDR', header),
      chunk('IDAT', deflateSync(Buffer.alloc(1_000_000))),
      chunk('IEND', Buffer.alloc(0)),
    ]);
    const before = process.memoryUsage().rss;
    await expect(decode('bomb.png', new Uint8Array(bomb))).rejects.toThrow(/^bomb\.png: must .*pixel/);
    expect(process.memoryUsage().rss - before).toBeLessThan(100e6);
  });

  it('answers damaged files with a picture or an error of ours', async () => {
    const files = await Promise.all(
      [
        image().jpeg(),
        image().jpeg({ progressive: true }).withMetadata({ orientation: 6 }),
        image().png(),
        image().png({ palette: true }),
        image().webp(),
        image().webp({ lossless: true }),
        image().gif(),
        image().tiff({ compression: 'lzw' }),
        image().tiff({ compression: 'deflate', tile: true, tileWidth: 16, tileHeight: 16 }),
      ].map(bytesOf),
    );
    const damage = fc.record({
      file: fc.constantFrom(...files),
      // Half of them where headers are.
      changes: fc.array(fc.tuple(fc.oneof(fc.nat(120), fc.nat(4000)), fc.nat(255)), {
        minLength: 1,
        maxLength: 4,
      }),
      length: fc.oneof({ weight: 4, arbitrary: fc.constant(4000) }, { weight: 1, arbitrary: fc.nat(1500) }),
    });
    const damaged = fc.sample(damage, { numRuns: 3000, seed: 7 }).map(({ file, changes, length }) => {
      const bytes = file.slice(0, length);
      for (const [at, value] of changes) if (bytes.length > 0) bytes[at % bytes.length] = value;
      return bytes;
    });
    let pictures = 0;
    const queue = damaged.values();
    const work = async () => {
      for (const bytes of queue) {
        try {
          const { height, width, channels, data } = await decode('damaged', bytes);
          expect(data).toHaveLength(height * width * channels);
          pictures++;
        } catch (error) {
          if (!EigenganError.is(error)) throw error;
        }
      }
    };
    await Promise.all([work(), work(), work(), work()]);
    expect(pictures).toBeGreaterThan(300);
    expect(pictures).toBeLessThan(2700);
  });
});
