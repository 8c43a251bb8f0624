import { formatError } from '@eigengan/core';
import type { PictureKind } from './file-kind';

/** What a file says of its picture before it is decoded. */
export interface PictureHeader {
  /** As it is stored, not yet upright. */
  readonly height: number;
  readonly width: number;
  /** Whether it has no colors. */
  readonly gray: boolean;
}

type HeaderOf = (view: DataView) => PictureHeader | undefined;

/**
 * Reads the size of a picture from its file's header.
 *
 * @throws FormatError when the file ends before it, or has none
 */
export function pictureHeader(
  name: string,
  kind: Exclude<PictureKind, 'TIFF' | 'BMP'>,
  bytes: Uint8Array,
): PictureHeader {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let header: PictureHeader | undefined;
  try {
    header = headers[kind](view);
  } catch (error) {
    // A DataView throws where the file ends.
    if (!(error instanceof RangeError)) throw error;
  }
  if (header === undefined) {
    throw formatError(
      name,
      `must be a ${kind} file with a size in its header`,
      `${bytes.length} bytes without`,
    );
  }
  return header;
}

const headers: Readonly<Record<Exclude<PictureKind, 'TIFF' | 'BMP'>, HeaderOf>> = {
  // https://www.w3.org/TR/png-3/#11IHDR
  PNG: (view) => {
    if (fourCharacters(view, 12) !== 'IHDR') return undefined;
    const gray = (view.getUint8(25) & 2) === 0;
    return { width: view.getUint32(16), height: view.getUint32(20), gray };
  },
  // https://www.w3.org/Graphics/GIF/spec-gif89a.txt
  GIF: (view) => ({ width: view.getUint16(6, true), height: view.getUint16(8, true), gray: false }),
  JPEG: jpegHeader,
  WebP: webpHeader,
  AVIF: avifHeader,
};

/** The first frame header. https://www.w3.org/Graphics/JPEG/itu-t81.pdf, B.1.1.3 and B.2.2. */
function jpegHeader(view: DataView): PictureHeader | undefined {
  for (let at = 2; ; ) {
    while (view.getUint8(at) !== 0xff) at++;
    while (view.getUint8(at) === 0xff) at++;
    const marker = view.getUint8(at++);
    if (marker === 0xd9) return undefined;
    // Stuffing, restarts and the like, which have no length.
    if (marker === 0 || marker === 1 || (marker >= 0xd0 && marker <= 0xd8)) continue;
    if (marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc) {
      return {
        height: view.getUint16(at + 3),
        width: view.getUint16(at + 5),
        gray: view.getUint8(at + 7) === 1,
      };
    }
    at += Math.max(2, view.getUint16(at));
  }
}

/** https://developers.google.com/speed/webp/docs/riff_container and RFC 6386, 9.1. */
function webpHeader(view: DataView): PictureHeader | undefined {
  const gray = false;
  switch (fourCharacters(view, 12)) {
    case 'VP8 ':
      return { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff, gray };
    case 'VP8L': {
      const bits = view.getUint32(21, true);
      return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1, gray };
    }
    case 'VP8X':
      return {
        width: (view.getUint32(24, true) & 0xffffff) + 1,
        height: (view.getUint32(26, true) >>> 8) + 1,
        gray,
      };
    default:
      return undefined;
  }
}

/** The largest of the sizes listed: a tiled picture lists its tiles' as well. ISO/IEC 23008-12, 6.5.3. */
function avifHeader(view: DataView): PictureHeader | undefined {
  let largest: PictureHeader | undefined;
  const end = Math.min(view.byteLength - 16, 1 << 16);
  for (let at = 0; at <= end; at++) {
    if (view.getUint32(at) !== 0x69737065) continue;
    const [width, height] = [view.getUint32(at + 8), view.getUint32(at + 12)];
    if (largest === undefined || width * height > largest.width * largest.height) {
      largest = { height, width, gray: false };
    }
  }
  return largest;
}

function fourCharacters(view: DataView, at: number): string {
  return String.fromCharCode(...Array.from({ length: 4 }, (_, i) => view.getUint8(at + i)));
}
