import { EigenganError, FormatError, seededStream } from '@eigengan/core';
import { afterAll, describe, expect, inject, it } from 'vitest';
import { bmpFiles } from '../../packages/datasets/src/decode/bmp/bmp.testing';
import { decodeBmp } from '../../packages/datasets/src/decode/bmp/decode-bmp';
import { browserDecoding } from '../../packages/datasets/src/decode/browser-decoding';
import { preparer } from '../../packages/datasets/src/decode/preparer';
import { forms } from './forms';

const decoded = inject('decodedInNode');
const bytesOf = (base64: string) => Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
const largest = (a: Uint8Array, b: Uint8Array) =>
  a.reduce((most, value, i) => Math.max(most, Math.abs(value - b[i]!)), 0);

const here = preparer(browserDecoding, { workers: 0 });
const pool = preparer(browserDecoding, { workers: 2 });
afterAll(() => pool.close());

describe('decoding in a page', () => {
  it.each(decoded)('makes the images of $name that Node makes', async ({ name, file, lossless, ...node }) => {
    for (const [i, form] of forms.entries()) {
      const { image, original } = await here.prepare(name, bytesOf(file), form);
      expect(original).toEqual(node.original);
      const expected = bytesOf(node.images[i]!);
      expect(image).toHaveLength(form.height * form.width * form.channels);
      expect(largest(image, expected)).toBeLessThanOrEqual(lossless ? 2 : 8);
    }
  });

  it('makes the same in workers, many at a time', async () => {
    const tasks = [...decoded, ...decoded].map(({ name, file }) => ({ name, file: bytesOf(file) }));
    const images = await Promise.all(tasks.map(({ name, file }) => pool.prepare(name, file, forms[1]!)));
    for (const [i, { name, file }] of tasks.entries()) {
      expect(images[i]).toEqual(await here.prepare(name, file, forms[1]!));
    }
  });

  it.each(decoded)('refuses $name cut short', async ({ name, file }) => {
    const bytes = bytesOf(file);
    for (const part of [0, 0.01, 0.05, 0.3, 0.6, 0.9]) {
      const cut = here.prepare(name, bytes.slice(0, part * bytes.length), forms[1]!);
      await expect(cut, `${part}`).rejects.toThrow(FormatError);
    }
  });

  it.each(bmpFiles)('reads a BMP file of $name as Chromium does', async ({ name, bytes }) => {
    const { height, width, channels, data } = decodeBmp(name, bytes);
    const bitmap = await createImageBitmap(new Blob([bytes.slice()]), { premultiplyAlpha: 'none' });
    const settings = { colorType: 'float16', willReadFrequently: true };
    const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d', settings);
    context?.drawImage(bitmap, 0, 0);
    const rgba = context?.getImageData(0, 0, width, height).data ?? [];
    expect([bitmap.height, bitmap.width]).toEqual([height, width]);
    for (let i = 0; i < height * width; i++) {
      const alpha = channels === 4 ? data[4 * i + 3]! : 255;
      expect(rgba[4 * i + 3]).toBe(alpha);
      if (alpha === 0) continue;
      for (let c = 0; c < 3; c++) {
        // Five bits become eight with or without rounding.
        expect(Math.abs(rgba[4 * i + c]! - data[channels * i + c]!)).toBeLessThanOrEqual(1);
      }
    }
  });

  it('refuses what is no image, and what it cannot read, by its name', async () => {
    const refused = (start: string) => here.prepare('a.png', new TextEncoder().encode(start), forms[1]!);
    await expect(refused('%PDF-1.4')).rejects.toThrow('a.png: must hold one of JPEG, PNG, WebP, AVIF, GIF');
    await expect(refused('<svg xmlns="http://www.w3.org/2000/svg"/>')).rejects.toThrow('got "SVG"');
    await expect(refused('II*\0')).rejects.toThrow('got "TIFF"');
  });

  it('answers damaged files with an image or an error of ours', { timeout: 60_000 }, async () => {
    const stream = seededStream(3, 'damage');
    let images = 0;
    for (let run = 0; run < 600; run++) {
      const { name, file } = decoded[run % decoded.length]!;
      const bytes = bytesOf(file);
      for (let change = stream.integer(4); change >= 0; change--) {
        bytes[stream.integer(change === 0 ? 100 : bytes.length)] = stream.integer(256);
      }
      try {
        expect((await pool.prepare(name, bytes, forms[1]!)).image).toHaveLength(768);
        images++;
      } catch (error) {
        if (!EigenganError.is(error)) throw error;
      }
    }
    expect(images).toBeGreaterThan(50);
  });
});
