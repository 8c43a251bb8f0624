import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createCanvas, paint } from './canvas';
import {
  bow,
  difference,
  ellipse,
  intersection,
  lens,
  outline,
  roundedBox,
  type Shape,
  segment,
  shifted,
  union,
} from './shape';

const circle = ellipse(0.1, 0, 0.4, 0.4);
const box = roundedBox(-0.1, 0.2, 0.3, 0.2, 0.1);
const shapes: Readonly<Record<string, Shape>> = {
  ellipse: ellipse(0, 0.1, 0.5, 0.3),
  roundedBox: box,
  segment: segment(-0.4, -0.2, 0.3, 0.4, 0.1),
  bow: bow(0, 0, 0.4, 0.2, 0.05),
  'bow upwards': bow(0, 0, 0.4, -0.2, 0.05),
  lens: lens(0, 0, 0.4, -0.2, 0.1),
  union: union(circle, box, 0.1),
  intersection: intersection(circle, box),
  difference: difference(circle, box),
  outline: outline(circle, 0.05),
  shifted: shifted(box, 0.2, -0.3),
};

describe('shapes', () => {
  it('lie within their boxes', () => {
    const coordinate = fc.double({ min: -1.5, max: 1.5, noNaN: true });
    for (const [name, shape] of Object.entries(shapes)) {
      fc.assert(
        fc.property(coordinate, coordinate, (x, y) => {
          if (shape.distance(x, y) >= -1e-9) return;
          expect(x, name).toBeGreaterThanOrEqual(shape.left);
          expect(x, name).toBeLessThanOrEqual(shape.right);
          expect(y, name).toBeGreaterThanOrEqual(shape.top);
          expect(y, name).toBeLessThanOrEqual(shape.bottom);
        }),
      );
    }
  });

  it('cover the area that geometry gives them', () => {
    const area = (shape: Shape) => {
      const canvas = createCanvas(200, 200);
      paint(canvas, shape, { color: [1, 1, 1] });
      return canvas.pixels.reduce((sum, value) => sum + value, 0) / 3 / canvas.scale ** 2;
    };
    expect(area(ellipse(0, 0.1, 0.5, 0.3))).toBeCloseTo(Math.PI * 0.15, 2);
    expect(area(roundedBox(0, 0, 0.3, 0.2, 0.1))).toBeCloseTo(0.24 - (4 - Math.PI) * 0.01, 2);
    expect(area(segment(-0.3, -0.2, 0.1, 0.1, 0.1))).toBeCloseTo(0.5 * 0.2 + Math.PI * 0.01, 2);
    expect(area(lens(0, 0, 0.4, -0.2, 0.1))).toBeCloseTo((2 / 3) * 0.8 * 0.3, 2);
    expect(area(outline(ellipse(0, 0, 0.4, 0.4), 0.05))).toBeCloseTo(2 * Math.PI * 0.4 * 0.1, 2);
    expect(area(difference(ellipse(0, 0, 0.4, 0.4), ellipse(0, 0, 0.2, 0.2)))).toBeCloseTo(Math.PI * 0.12, 2);
  });
});

describe('paint', () => {
  it('covers a pixel by as much as the shape covers of it', () => {
    const canvas = createCanvas(8, 8);
    const pixel = 1 / canvas.scale;
    // An edge three quarters of the way through the column of pixels right of the middle.
    const half = roundedBox(-2 + 0.75 * pixel, 0, 2, 4, 0);
    paint(canvas, half, { color: [200, 100, 40] });
    const row = Array.from({ length: 8 }, (_, x) => canvas.pixels[(3 * 8 + x) * 3]);
    [200, 200, 200, 200, 150, 0, 0, 0].forEach((value, x) => {
      expect(row[x]).toBeCloseTo(value, 3);
    });
  });

  it('draws a line thinner than a pixel by the part of the pixel that it covers', () => {
    const canvas = createCanvas(8, 8);
    const pixel = 1 / canvas.scale;
    const y = 0.04 + pixel / 2;
    paint(canvas, segment(-3, y, 3, y, pixel / 8), { color: [200, 200, 200], thickness: pixel / 4 });
    expect(canvas.pixels[(4 * 8 + 4) * 3]).toBeCloseTo(50, 3);
  });

  it('blends by opacity and shades towards the shadow', () => {
    const canvas = createCanvas(8, 8);
    const all = roundedBox(0, 0, 3, 3, 0);
    paint(canvas, all, { color: [100, 0, 0], shadow: [0, 100, 0], shade: () => 0.25 });
    expect(Array.from(canvas.pixels.subarray(0, 3))).toEqual([75, 25, 0]);
    paint(canvas, all, { color: [175, 25, 200], opacity: 0.5 });
    expect(Array.from(canvas.pixels.subarray(0, 3))).toEqual([125, 25, 100]);
  });
});
