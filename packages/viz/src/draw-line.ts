import { type Box, blendPixel } from './canvas';
import type { Color } from './color';
import type { Picture } from './picture';

export type Point = readonly [x: number, y: number];

export interface LineStyle {
  readonly color: Color;
  /** Half of the line's width in pixels. */
  readonly radius: number;
  /** 0 to 1. */
  readonly opacity: number;
  /** Where it is drawn; in whole pixels. */
  readonly clip: Box;
}

/** Of a lone point, as a multiple of a line's. */
const dotRadius = 3;

/**
 * Draws a line through points with smooth edges and round ends; an undefined point is a gap. Where the line
 * meets itself it is no darker, however many points share a pixel.
 */
export function drawLine(
  picture: Picture,
  points: readonly (Point | undefined)[],
  { color, radius, opacity, clip }: LineStyle,
): void {
  const coverage = new Float32Array(clip.width * clip.height);
  for (const [i, to] of points.entries()) {
    if (to === undefined) continue;
    const from = points[i - 1];
    // A point without neighbours is a dot, as a line's end would not be seen.
    const isAlone = from === undefined && points[i + 1] === undefined;
    cover(coverage, clip, from ?? to, to, isAlone ? dotRadius * radius : radius);
  }
  for (const [at, part] of coverage.entries()) {
    if (part === 0) continue;
    const y = Math.floor(at / clip.width);
    blendPixel(picture, clip.x + at - y * clip.width, clip.y + y, color, part * opacity);
  }
}

/** How much of each pixel's middle lies within `radius` of the segment, where that is more than before. */
function cover(coverage: Float32Array, clip: Box, from: Point, to: Point, radius: number): void {
  const [x0, y0] = [from[0] - clip.x, from[1] - clip.y];
  const [dx, dy] = [to[0] - from[0], to[1] - from[1]];
  const length = dx * dx + dy * dy;
  const reach = radius + 0.5;
  const left = Math.max(0, Math.floor(Math.min(x0, x0 + dx) - reach));
  const right = Math.min(clip.width - 1, Math.ceil(Math.max(x0, x0 + dx) + reach));
  const top = Math.max(0, Math.floor(Math.min(y0, y0 + dy) - reach));
  const bottom = Math.min(clip.height - 1, Math.ceil(Math.max(y0, y0 + dy) + reach));
  for (let y = top; y <= bottom; y++) {
    for (let x = left; x <= right; x++) {
      const [px, py] = [x + 0.5 - x0, y + 0.5 - y0];
      const along = length === 0 ? 0 : Math.min(1, Math.max(0, (px * dx + py * dy) / length));
      const distance = Math.hypot(px - along * dx, py - along * dy);
      const part = Math.min(1, reach - distance);
      const at = y * clip.width + x;
      if (part > (coverage[at] ?? 0)) coverage[at] = part;
    }
  }
}
