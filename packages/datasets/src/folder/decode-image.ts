import { readFile } from 'node:fs/promises';
import { formatError, missingPackage } from '@eigengan/core';
import type sharp from 'sharp';

type Sharp = typeof sharp;

/** How every image of a folder comes to the same form. */
export interface ImageForm {
  readonly height: number;
  readonly width: number;
  readonly channels: 1 | 3 | 4;
  readonly fit: 'cover' | 'contain' | 'fill';
  /** What shows through where an image is transparent, and around one that is contained. */
  readonly background: readonly [red: number, green: number, blue: number];
}

/** As sharp names what the suffixes stand for. */
const formats = ['jpeg', 'png', 'webp', 'heif', 'gif', 'tiff'];

/** @throws MissingPackageError when sharp is not installed, or does not run here */
export async function loadSharp(where: string): Promise<Sharp> {
  try {
    const loaded = await import('sharp');
    return loaded.default;
  } catch (cause) {
    throw missingPackage(where, 'sharp', cause);
  }
}

/**
 * Decodes an image file: turned as its EXIF orientation says, its first frame, in sRGB (or luminance, for
 * one channel), 8 bits deep, scaled without aliasing and cut to form.
 *
 * @returns [height, width, channels]
 * @throws an Error with the reason when the file is damaged, or no image
 */
export async function decodeImage(sharp: Sharp, path: string, form: ImageForm): Promise<Uint8Array> {
  const { height, width, channels, fit } = form;
  const [r, g, b] = form.background;
  const file = await readFile(path);
  // 'error' refuses what is cut short, but not what is merely unusual.
  const image = sharp(file, { failOn: 'error' });
  const { format } = await image.metadata();
  if (!formats.includes(format)) throw formatError(path, `must hold one of ${formats.join(', ')}`, format);
  const scaled = image.rotate();
  if (channels !== 4) scaled.flatten({ background: { r, g, b } });
  scaled.resize({ width, height, fit, background: { r, g, b, alpha: channels === 4 ? 0 : 1 } });
  if (channels === 4) scaled.ensureAlpha();
  scaled.toColourspace(channels === 1 ? 'b-w' : 'srgb');
  const { data, info } = await scaled.raw({ depth: 'uchar' }).toBuffer({ resolveWithObject: true });
  if (info.channels !== channels || data.length !== height * width * channels) {
    throw formatError(path, `must decode to ${channels} channels of ${height} x ${width}`, info.channels);
  }
  return new Uint8Array(data);
}
