import type { Color } from './color';
import type { Picture } from './picture';

/** A picture of one color, or without one all see-through. */
export function blankPicture(width: number, height: number, color?: Color): Picture {
  const data = new Uint8Array(width * height * 4);
  if (color !== undefined) for (let at = 0; at < data.length; at += 4) data.set([...color, 255], at);
  return { width, height, data };
}

/**
 * Lays a color over one pixel, `alpha` 0 to 1, by the rule of Porter and Duff ("over", SIGGRAPH 1984); outside the
 * picture it does nothing.
 */
export function blendPixel(picture: Picture, x: number, y: number, color: Color, alpha: number): void {
  if (x < 0 || y < 0 || x >= picture.width || y >= picture.height || alpha === 0) return;
  const { data } = picture;
  const at = (y * picture.width + x) * 4;
  const before = data[at + 3] ?? 0;
  const covered = before === 255 ? 1 : alpha + (before / 255) * (1 - alpha);
  for (let channel = 0; channel < 3; channel++) {
    const below = data[at + channel] ?? 0;
    data[at + channel] = Math.round(below + (((color[channel] ?? 0) - below) * alpha) / covered);
  }
  data[at + 3] = Math.round(255 * covered);
}

/** A place and a size in pixels, which need not be whole: edges are then drawn in part. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** How much of the pixel `[at, at + 1]` lies in `[from, to]`. */
const overlap = (at: number, from: number, to: number) =>
  Math.max(0, Math.min(at + 1, to) - Math.max(at, from));

/** Fills a box with one color. */
export function fillBox(picture: Picture, box: Box, color: Color): void {
  const right = box.x + box.width;
  const bottom = box.y + box.height;
  for (let y = Math.floor(box.y); y < bottom; y++) {
    for (let x = Math.floor(box.x); x < right; x++) {
      blendPixel(picture, x, y, color, overlap(x, box.x, right) * overlap(y, box.y, bottom));
    }
  }
}

/** Draws a frame just outside a box. */
export function frameBox(picture: Picture, box: Box, thickness: number, color: Color): void {
  const { x, y, width, height } = box;
  const long = width + 2 * thickness;
  fillBox(picture, { x: x - thickness, y: y - thickness, width: long, height: thickness }, color);
  fillBox(picture, { x: x - thickness, y: y + height, width: long, height: thickness }, color);
  fillBox(picture, { x: x - thickness, y, width: thickness, height }, color);
  fillBox(picture, { x: x + width, y, width: thickness, height }, color);
}

/**
 * Lays `source` over a picture with its upper left corner at `x`, `y`, each pixel as a square of `scale`
 * pixels (nearest neighbour), what is see-through in it showing what lies below.
 */
export function drawPicture(target: Picture, source: Picture, x: number, y: number, scale: number): void {
  for (let at = 0; at < source.width * source.height; at++) {
    const [red = 0, green = 0, blue = 0, alpha = 0] = source.data.subarray(at * 4, at * 4 + 4);
    const color: Color = [red, green, blue];
    const left = x + (at % source.width) * scale;
    const top = y + Math.floor(at / source.width) * scale;
    for (let row = 0; row < scale; row++) {
      for (let column = 0; column < scale; column++) {
        blendPixel(target, left + column, top + row, color, alpha / 255);
      }
    }
  }
}
