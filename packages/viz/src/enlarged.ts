import { assertInteger } from '@eigengan/core';
import { assertPicture, type Picture } from './picture';

/**
 * A picture, each pixel a square of `scale` pixels; alpha is kept. At scale 1 it is the picture given.
 *
 * @throws ArgumentError when it is no picture, or the scale no integer of 1 to 64
 */
export function enlarged(picture: Picture, scale: number): Picture {
  assertPicture('enlarged', picture);
  assertInteger('enlarged: scale', scale, { min: 1, max: 64 });
  if (scale === 1) return picture;
  const { width, height, data } = picture;
  const large = {
    width: width * scale,
    height: height * scale,
    data: new Uint8Array(data.length * scale ** 2),
  };
  // Copied, not sliced: a slice of Node's Buffer shares its memory.
  const from = new Uint32Array(new Uint8Array(data).buffer);
  const to = new Uint32Array(large.data.buffer);
  for (let y = 0; y < large.height; y++) {
    const row = Math.floor(y / scale) * width;
    for (let x = 0; x < large.width; x++) to[y * large.width + x] = from[row + Math.floor(x / scale)] ?? 0;
  }
  return large;
}
