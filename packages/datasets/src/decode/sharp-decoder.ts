import { EigenganError, FormatError, formatError, missingPackage } from '@eigengan/core';
import type sharp from 'sharp';
import type { Picture } from '../pictures/picture';
import { decodeBmp } from './bmp/decode-bmp';
import type { Decoder } from './decoder';
import { type PictureKind, pictureKind } from './file-kind';
import { assertPixels, pixelLimit } from './pixel-limit';
import { withoutColors, withoutOpaqueAlpha } from './without-channels';

export type Sharp = typeof sharp;

const readable = [
  'JPEG',
  'PNG',
  'WebP',
  'AVIF',
  'GIF',
  'TIFF',
  'BMP',
] as const satisfies readonly PictureKind[];

/** As sharp names them. */
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
 * Decodes JPEG, PNG, WebP, AVIF, GIF and TIFF, and BMP without sharp: the first frame or page, turned as its
 * EXIF orientation says, an embedded profile or CMYK converted to sRGB, the high 8 of 16 bits.
 */
export function sharpDecoder(sharp: Sharp): Decoder {
  return async (name, bytes) => {
    const kind = pictureKind(name, bytes, readable);
    try {
      if (kind === 'BMP') return withoutOpaqueAlpha(decodeBmp(name, bytes));
      return withoutOpaqueAlpha(await decode(sharp, name, bytes));
    } catch (cause) {
      if (EigenganError.is(cause)) throw cause;
      throw new FormatError(`${name}: must be a whole ${kind} file, but sharp says ${reasonOf(cause)}`, {
        cause,
      });
    }
  };
}

async function decode(sharp: Sharp, name: string, bytes: Uint8Array): Promise<Picture> {
  // 'error' refuses what is cut short, but not what is merely unusual.
  const image = sharp(bytes, { failOn: 'error', limitInputPixels: pixelLimit });
  const metadata = await image.metadata();
  if (!formats.includes(metadata.format)) {
    throw formatError(name, `must hold one of ${formats.join(', ')}`, metadata.format);
  }
  assertPixels(name, metadata.height, metadata.width);
  const gray = metadata.space === 'b-w' || metadata.space === 'grey16';
  const { data, info } = await image
    .rotate()
    // In 'b-w', raw output would leave alpha out.
    .toColourspace(gray && !metadata.hasAlpha ? 'b-w' : 'srgb')
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true });
  const { height, width, channels } = info;
  const whole = data.length === height * width * channels;
  if (!whole || (channels !== 1 && channels !== 2 && channels !== 3 && channels !== 4)) {
    throw formatError(name, `must decode to 1 to 4 channels of ${height} x ${width}`, channels);
  }
  const picture = {
    height,
    width,
    channels,
    data: new Uint8Array(data.buffer, data.byteOffset, data.length),
  };
  return gray ? withoutColors(picture) : picture;
}

/** In one line: sharp appends what its libraries said, each on a line of its own. */
function reasonOf(cause: unknown): string {
  const message = cause instanceof Error ? cause.message : String(cause);
  const lines = message.split('\n').map((line) => line.trim());
  return lines
    .filter((line) => line !== '')
    .slice(0, 2)
    .join(' ');
}
