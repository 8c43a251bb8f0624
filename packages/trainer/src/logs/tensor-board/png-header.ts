import { argumentError } from '@eigengan/core';

/** What a PNG file says of its picture before the pixels. */
export interface PngHeader {
  readonly width: number;
  readonly height: number;
  /** 1 gray, 2 gray and alpha, 3 RGB, 4 RGBA; a palette is RGB. */
  readonly channels: number;
}

const signature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

/** The channels of each colour type (PNG specification, 11.2.1). */
const channelsOf = new Map([
  [0, 1],
  [2, 3],
  [3, 3],
  [4, 2],
  [6, 4],
]);

/** @throws ArgumentError when the bytes are no PNG file */
export function pngHeader(where: string, png: Uint8Array): PngHeader {
  const isBytes = ArrayBuffer.isView(png) && png.length >= 26;
  if (!isBytes || signature.some((byte, i) => png[i] !== byte)) {
    throw argumentError(where, 'must be the bytes of a PNG file', png);
  }
  const view = new DataView(png.buffer, png.byteOffset, png.byteLength);
  return {
    width: view.getUint32(16),
    height: view.getUint32(20),
    channels: channelsOf.get(view.getUint8(25)) ?? 3,
  };
}
