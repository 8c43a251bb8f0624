import { formatError } from '@eigengan/core';
import type { Picture } from '../pictures/picture';
import type { NpyHeader } from './npy-header';
import type { PictureLayout } from './picture-layout';
import type { ValueRange } from './value-range';

/** Bytes that hold a picture, and which of the numbers in them is its first. */
export interface PictureNumbers {
  readonly bytes: Uint8Array;
  readonly first: number;
}

/**
 * The picture that numbers stand for: each becomes the nearest byte, black 0 and white 255.
 *
 * @throws FormatError at a value whose nearest is below 0 or above 255, or NaN
 */
export function arrayPicture(
  where: string,
  { type, littleEndian, fortran }: NpyHeader,
  { height, width, channels, steps }: PictureLayout,
  range: ValueRange,
  { bytes, first }: PictureNumbers,
): Picture {
  const [black, white] = range;
  const interleaved = !fortran && (channels === 1 || steps.channel === 1);
  if (interleaved && type.name === 'uint8' && black === 0 && white === 255) {
    return { height, width, channels, data: bytes };
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const scale = 255 / (white - black);
  const data = new Uint8Array(height * width * channels);
  let out = 0;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      for (let channel = 0; channel < channels; channel++) {
        const at = first + y * steps.row + x * steps.column + channel * steps.channel;
        const value = type.read(view, at * type.size, littleEndian);
        const byte = Math.round((value - black) * scale);
        if (!(byte >= 0 && byte <= 255)) {
          const place = `row ${y}, column ${x}, channel ${channel}`;
          throw formatError(`${where}: ${place}`, `must be in the range [${black}, ${white}]`, value);
        }
        data[out++] = byte;
      }
    }
  }
  return { height, width, channels, data };
}
