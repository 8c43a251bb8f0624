import { formatError } from '@eigengan/core';
import { assertPixels } from '../pixel-limit';

export interface BmpHeader {
  readonly height: number;
  readonly width: number;
  /** Rows from the bottom up, as is usual. */
  readonly bottomUp: boolean;
  readonly bits: 1 | 4 | 8 | 16 | 24 | 32;
  /** Byte offset of the pixels. */
  readonly offset: number;
  /** Bytes of a row, filled up to four. */
  readonly pitch: number;
  /** Byte offset of the palette, how many colors it has, and the bytes of each. */
  readonly palette: { readonly offset: number; readonly length: number; readonly entry: 3 | 4 };
  /** Bits of a pixel of 16 or 32 bits that are red, green, blue and alpha; 0 where there is none. */
  readonly masks: readonly [red: number, green: number, blue: number, alpha: number];
}

const compressions = ['none', 'RLE8', 'RLE4', 'bit fields', 'JPEG', 'PNG', 'bit fields with alpha'];
const allBits = [1, 4, 8, 16, 24, 32] as const;
const fileHeader = 14;
const coreHeader = 12;
const infoHeader = 40;

/**
 * Reads the header of a BMP file, of OS/2 1 and of Windows 3 to 5.
 * https://learn.microsoft.com/windows/win32/api/wingdi/ns-wingdi-bitmapv5header
 *
 * @throws FormatError when it is cut short, compressed, or claims what the file does not hold
 */
export function bmpHeader(name: string, bytes: Uint8Array): BmpHeader {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const assertLength = (length: number, what: string) => {
    if (bytes.length >= length) return;
    throw formatError(name, `must have ${length} bytes for its ${what}`, bytes.length);
  };
  assertLength(fileHeader + coreHeader, 'header');
  const size = view.getUint32(14, true);
  if (size !== coreHeader && (size < infoHeader || size > 1024)) {
    throw formatError(name, 'must have a header of 12 or 40 to 1024 bytes at byte 14', size);
  }
  assertLength(fileHeader + size, 'header');
  const isCore = size === coreHeader;
  const rows = isCore ? view.getUint16(20, true) : view.getInt32(22, true);
  const width = isCore ? view.getUint16(18, true) : view.getInt32(18, true);
  const height = Math.abs(rows);
  assertPixels(name, height, width);
  const depth = view.getUint16(isCore ? 24 : 28, true);
  const bits = allBits.find((one) => one === depth);
  if (bits === undefined) throw formatError(name, `must have ${allBits.join(', ')} bits a pixel`, depth);
  const compression = isCore ? 0 : view.getUint32(30, true);
  const hasMasks = (compression === 3 || compression === 6) && (bits === 16 || bits === 32);
  if (compression !== 0 && !hasMasks) {
    throw formatError(name, 'must not be compressed', compressions[compression] ?? compression);
  }
  const maskBytes = size > infoHeader || !hasMasks ? 0 : compression === 6 ? 16 : 12;
  assertLength(fileHeader + size + maskBytes, 'color masks');
  const colors = bits > 8 ? 0 : (!isCore && view.getUint32(46, true)) || 2 ** bits;
  if (colors > 256) throw formatError(name, 'must have at most 256 colors in its palette', colors);
  const entry = isCore ? 3 : 4;
  const palette = { offset: fileHeader + size + maskBytes, length: colors, entry } as const;
  assertLength(palette.offset + colors * entry, 'palette');
  const offset = view.getUint32(10, true);
  const pitch = Math.ceil((width * bits) / 32) * 4;
  assertLength(offset + pitch * height, `${height} x ${width} pixels`);
  const masks = hasMasks ? readMasks(view, size > 52 || compression === 6) : defaultMasks(bits);
  return { height, width, bottomUp: rows > 0, bits, offset, pitch, palette, masks };
}

/** They follow the first 40 bytes of the header, in it or behind it. */
function readMasks(view: DataView, hasAlpha: boolean): BmpHeader['masks'] {
  const mask = (index: number) => view.getUint32(54 + 4 * index, true);
  return [mask(0), mask(1), mask(2), hasAlpha ? mask(3) : 0];
}

function defaultMasks(bits: number): BmpHeader['masks'] {
  return bits === 16 ? [0x7c00, 0x3e0, 0x1f, 0] : [0xff0000, 0xff00, 0xff, 0];
}
