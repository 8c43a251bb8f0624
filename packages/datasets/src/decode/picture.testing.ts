import type { Picture } from '../pictures/picture';

/** A picture [height, width, channels] drawn by a function. */
export function drawnPicture(
  [height, width, channels]: readonly [height: number, width: number, channels: Picture['channels']],
  value: (y: number, x: number, channel: number) => number,
): Picture {
  const data = new Uint8Array(height * width * channels);
  for (let i = 0; i < data.length; i++) {
    const pixel = Math.floor(i / channels);
    data[i] = value(Math.floor(pixel / width), pixel % width, i % channels);
  }
  return { height, width, channels, data };
}

/** All values from 0 to 255, without any order to be seen. */
export const mixed = (i: number) => Math.floor((i * i * 7 + i * 31) / 11) % 256;

export function largestDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) return Number.POSITIVE_INFINITY;
  let most = 0;
  for (let i = 0; i < a.length; i++) most = Math.max(most, Math.abs(a[i]! - b[i]!));
  return most;
}
