import type { Color } from './color';
import type { Picture } from './picture';

/** The color of one pixel. Tests only. */
export function pixelAt(picture: Picture, x: number, y: number): number[] {
  const at = (y * picture.width + x) * 4;
  return [...picture.data.subarray(at, at + 3)];
}

/** Where a color is: how many pixels have it, and the box around them. Tests only. */
export function findColor(picture: Picture, color: Color | readonly number[]) {
  let count = 0;
  let [left, top, right, bottom] = [picture.width, picture.height, -1, -1];
  for (let y = 0; y < picture.height; y++) {
    for (let x = 0; x < picture.width; x++) {
      if (pixelAt(picture, x, y).some((value, channel) => value !== color[channel])) continue;
      count++;
      [left, top] = [Math.min(left, x), Math.min(top, y)];
      [right, bottom] = [Math.max(right, x), Math.max(bottom, y)];
    }
  }
  return { count, left, top, right, bottom };
}
