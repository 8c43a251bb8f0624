import { EigenganError } from '@eigengan/core';
import type { Picture } from '../picture';

/** A picture on a canvas of its size. Browsers only. */
export function canvasOf({ width, height, data }: Picture): OffscreenCanvas {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d');
  if (context === null) throw new EigenganError('canvas: this browser gives no 2d context');
  context.putImageData(new ImageData(new Uint8ClampedArray(data), width, height), 0, 0);
  return canvas;
}
