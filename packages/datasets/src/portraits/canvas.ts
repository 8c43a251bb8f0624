import type { Color } from './palette';
import type { Shape } from './shape';

/**
 * A picture being painted. Its coordinates have the head's size for a unit, y downwards; the middle of the
 * picture is (0, `middleY`), and half of the shorter side is `halfView` units.
 */
export interface Canvas {
  readonly height: number;
  readonly width: number;
  /** Pixels per unit. */
  readonly scale: number;
  /** [height, width, 3], 0 .. 255. */
  readonly pixels: Float32Array;
}

/** How a shape is filled. */
export interface Ink {
  readonly color: Color;
  /** The color where `shade` is 1. */
  readonly shadow?: Color;
  /** How much of the shadow's color a point takes, 0 .. 1. */
  readonly shade?: (x: number, y: number) => number;
  /** 0 .. 1; opaque by default. */
  readonly opacity?: number;
  /** The width over which the edge fades, in units; at least a pixel, by default no more. */
  readonly softness?: number;
  /** The thickness of a line, in units: one thinner than a pixel covers only that part of it. */
  readonly thickness?: number;
}

const halfView = 0.87;
const middleY = 0.04;

export function createCanvas(height: number, width: number): Canvas {
  return {
    height,
    width,
    scale: Math.min(height, width) / 2 / halfView,
    pixels: new Float32Array(height * width * 3),
  };
}

const noShade = () => 0;

/** Paints `ink` over what is there, each pixel by the part of it that the shape covers. */
export function paint(canvas: Canvas, shape: Shape, ink: Ink): void {
  const { height, width, scale, pixels } = canvas;
  const { color, shadow = color, shade = noShade, opacity = 1, softness = 0, thickness = 2 } = ink;
  const fade = Math.max(softness, 1 / scale);
  const steepness = 1 / fade;
  const most = Math.min(1, thickness * scale);
  if (opacity <= 0) return;
  const reach = fade / 2;
  const firstX = Math.max(0, Math.floor((shape.left - reach) * scale + width / 2));
  const lastX = Math.min(width - 1, Math.floor((shape.right + reach) * scale + width / 2));
  const firstY = Math.max(0, Math.floor((shape.top - reach - middleY) * scale + height / 2));
  const lastY = Math.min(height - 1, Math.floor((shape.bottom + reach - middleY) * scale + height / 2));
  const [red, green, blue] = color;
  const deltaRed = shadow[0] - red;
  const deltaGreen = shadow[1] - green;
  const deltaBlue = shadow[2] - blue;
  for (let row = firstY; row <= lastY; row++) {
    const y = (row + 0.5 - height / 2) / scale + middleY;
    for (let column = firstX; column <= lastX; column++) {
      const x = (column + 0.5 - width / 2) / scale;
      const inside = 0.5 - shape.distance(x, y) * steepness;
      if (inside <= 0) continue;
      const cover = Math.min(inside, most) * opacity;
      const dark = shade(x, y);
      const at = (row * width + column) * 3;
      const r = pixels[at]!;
      const g = pixels[at + 1]!;
      const b = pixels[at + 2]!;
      pixels[at] = r + (red + deltaRed * dark - r) * cover;
      pixels[at + 1] = g + (green + deltaGreen * dark - g) * cover;
      pixels[at + 2] = b + (blue + deltaBlue * dark - b) * cover;
    }
  }
}

/** The painted picture as bytes, [height, width, 3]. */
export function toBytes(canvas: Canvas): Uint8Array {
  const bytes = new Uint8Array(canvas.pixels.length);
  for (let i = 0; i < bytes.length; i++) bytes[i] = canvas.pixels[i]! + 0.5;
  return bytes;
}
