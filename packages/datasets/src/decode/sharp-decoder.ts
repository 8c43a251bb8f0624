import { EigenganError, FormatError, formatError, messageOf, missingPackage } from '@eigengan/core';
import type sharp from 'sharp';
import type { Sharp as SharpFile } from 'sharp';
import type { Picture } from '../pictures/picture';
import { decodeBmp } from './bmp/decode-bmp';
import type { Decoder } from './decoder';
import { type PictureKind, pictureKind } from './file-kind';
import { pictureHeader } from './picture-header';
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
      return withoutOpaqueAlpha(await decode(sharp, name, kind, bytes));
    } catch (cause) {
      if (EigenganError.is(cause)) throw cause;
      throw new FormatError(`${name}: must be a whole ${kind} file, but sharp says ${reasonOf(cause)}`, {
        cause,
      });
    }
  };
}

async function decode(
  sharp: Sharp,
  name: string,
  kind: Exclude<PictureKind, 'BMP'>,
  bytes: Uint8Array,
): Promise<Picture> {
  // 'error' refuses what is cut short, but not what is merely unusual.
  const file = sharp(bytes, { failOn: 'error', limitInputPixels: pixelLimit });
  const { gray, hasAlpha } = await headerOf(file, name, kind, bytes);
  const { data, info } = await file
    .rotate()
    // In 'b-w', raw output would leave alpha out.
    .toColourspace(gray && !hasAlpha ? 'b-w' : 'srgb')
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

interface Header {
  readonly gray: boolean;
  /** Of a gray picture: colored ones are decoded alike with and without. */
  readonly hasAlpha: boolean;
}

/**
 * What must be known before decoding: by our own reading, as in browsers, where that says it, because to ask
 * sharp takes a sixth of the time of decoding a small picture.
 *
 * @throws FormatError when the picture is too large
 */
async function headerOf(
  file: SharpFile,
  name: string,
  kind: Exclude<PictureKind, 'BMP'>,
  bytes: Uint8Array,
): Promise<Header> {
  if (kind === 'JPEG' || kind === 'PNG') {
    const { height, width, gray } = pictureHeader(name, kind, bytes);
    assertPixels(name, height, width);
    if (kind === 'JPEG' || !gray) return { gray, hasAlpha: false };
  }
  const { format, height, width, space, hasAlpha } = await file.metadata();
  if (!formats.includes(format)) throw formatError(name, `must hold one of ${formats.join(', ')}`, format);
  assertPixels(name, height, width);
  return { gray: space === 'b-w' || space === 'grey16', hasAlpha };
}

/** In one line: sharp appends what its libraries said, if anything, each on a line of its own. */
function reasonOf(cause: unknown): string {
  const lines = messageOf(cause)
    .split('\n')
    .map((line) => line.trim());
  return lines
    .filter((line) => line !== '')
    .slice(0, 2)
    .join(' ')
    .replace(/:$/, '');
}
