import { argumentError } from '@eigengan/core';
import { encodePng } from '../encode-png';
import { assertPicture } from '../picture';
import { trimmed } from '../trimmed';
import type { ReportImage } from './run-report';

/** A picture that a page can hold. */
export interface PngData {
  /** `data:image/png;base64,...` */
  readonly uri: string;
  /** Pixels. */
  readonly width: number;
  /** Pixels. */
  readonly height: number;
}

const signature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

/**
 * A drawing without its border, or a PNG file as it is; its size is that of its header,
 * https://www.w3.org/TR/png-3/#11IHDR.
 *
 * @throws ArgumentError when it is neither
 */
export async function pngData(where: string, image: ReportImage): Promise<PngData> {
  const bytes = image instanceof Uint8Array ? image : await encoded(where, image);
  if (bytes.length < 24 || signature.some((byte, at) => bytes[at] !== byte)) {
    throw argumentError(where, 'must be a picture or the bytes of a PNG file', image);
  }
  const header = new DataView(bytes.buffer, bytes.byteOffset);
  return {
    uri: `data:image/png;base64,${base64(bytes)}`,
    width: header.getUint32(16),
    height: header.getUint32(20),
  };
}

function encoded(where: string, picture: Exclude<ReportImage, Uint8Array>): Promise<Uint8Array> {
  assertPicture(where, picture);
  return encodePng(trimmed(picture));
}

/** By `btoa`, which Node and browsers have; it takes a text of bytes, and calls take so many arguments at most. */
function base64(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 0x8000) {
    text += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  }
  return btoa(text);
}
