import sharp from 'sharp';
import { expect } from 'vitest';

type Triple = readonly [number, number, number];
export const red: Triple = [200, 30, 40];
export const green: Triple = [20, 180, 60];
export const blue: Triple = [30, 60, 210];
export const gray: Triple = [120, 120, 120];

/** 32 x 32, a color a quarter: red and green above, blue and gray below. */
export function quarters() {
  const data = new Uint8Array(32 * 32 * 3);
  for (let y = 0; y < 32; y++) {
    for (let x = 0; x < 32; x++)
      data.set(y < 16 ? (x < 16 ? red : green) : x < 16 ? blue : gray, (y * 32 + x) * 3);
  }
  return sharp(data, { raw: { width: 32, height: 32, channels: 3 } });
}

export function plain([r, g, b]: Triple, width = 32, height = 32) {
  return sharp({ create: { width, height, channels: 3, background: { r, g, b } } });
}

/** The pixel in the middle of each quarter, row by row. */
export function middles(bytes: Uint8Array, channels: number, size = 32): number[][] {
  return [0.25, 0.75].flatMap((y) =>
    [0.25, 0.75].map((x) => {
      const at = (Math.floor(y * size) * size + Math.floor(x * size)) * channels;
      return Array.from(bytes.subarray(at, at + channels));
    }),
  );
}

export function expectNear(
  actual: readonly number[][],
  expected: readonly (readonly number[])[],
  tolerance = 4,
): void {
  expect(actual).toHaveLength(expected.length);
  actual.forEach((pixel, i) => {
    expect(pixel).toHaveLength(expected[i]!.length);
    pixel.forEach((value, channel) => {
      expect(Math.abs(value - expected[i]![channel]!), `pixel ${i}, channel ${channel}`).toBeLessThanOrEqual(
        tolerance,
      );
    });
  });
}
