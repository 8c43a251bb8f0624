import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { areaOf, centered, coverageOf, type Polygon } from './polygon';

const sum = (values: ArrayLike<number>) => Array.from(values).reduce((total, value) => total + value, 0);

/** The center of mass of the pixels. */
function middleOf(cover: Float64Array, width: number): [number, number] {
  let x = 0;
  let y = 0;
  cover.forEach((value, i) => {
    x += value * ((i % width) + 0.5);
    y += value * (Math.floor(i / width) + 0.5);
  });
  return [x / sum(cover), y / sum(cover)];
}

const number = (min: number, max: number) => fc.double({ min, max, noNaN: true });
/** A triangle with corners in [0, 12] x [0, 10]. */
const triangle = fc
  .tuple(...[0, 1, 2].flatMap(() => [number(0, 12), number(0, 10)]))
  .filter((corners) => Math.abs(areaOf(corners)) > 1e-3);

describe('coverageOf', () => {
  it('gives a pixel the part of it that is covered', () => {
    const box: Polygon = [0.75, 0.5, 3.25, 0.5, 3.25, 2, 0.75, 2];
    const rows = [
      [0.125, 0.5, 0.5, 0.125, 0],
      [0.25, 1, 1, 0.25, 0],
      [0, 0, 0, 0, 0],
    ];
    expect(Array.from(coverageOf(box, 3, 5))).toEqual(rows.flat());
    const half: Polygon = [0, 0, 2, 0, 0, 2];
    expect(Array.from(coverageOf(half, 2, 2))).toEqual([1, 0.5, 0.5, 0]);
  });

  it('keeps the area of any triangle, whichever way round', () => {
    fc.assert(
      fc.property(triangle, (corners) => {
        const cover = coverageOf(corners, 10, 12);
        expect(sum(cover)).toBeCloseTo(Math.abs(areaOf(corners)), 9);
        const [x0, y0, x1, y1, x2, y2] = corners;
        const turned = coverageOf([x2, y2, x1, y1, x0, y0].map(Number), 10, 12);
        turned.forEach((value, i) => {
          expect(value).toBeCloseTo(cover[i]!, 9);
        });
      }),
    );
  });

  it('cuts off what lies outside, as a part of a larger picture would show it', () => {
    fc.assert(
      fc.property(triangle, (corners) => {
        const whole = coverageOf(corners, 10, 12);
        const part = coverageOf(
          corners.map((value, i) => value - (i % 2 === 0 ? 4 : 3)),
          4,
          5,
        );
        part.forEach((value, i) => {
          const at = (Math.floor(i / 5) + 3) * 12 + (i % 5) + 4;
          expect(value).toBeCloseTo(whole[at]!, 9);
        });
      }),
    );
  });
});

describe('centered', () => {
  it('puts the center of mass at (0, 0)', () => {
    fc.assert(
      fc.property(
        triangle.filter((corners) => Math.abs(areaOf(corners)) > 4),
        (corners) => {
          const moved = centered(corners).map((value, i) => value + (i % 2 === 0 ? 20 : 15));
          const [x, y] = middleOf(coverageOf(moved, 32, 40), 40);
          // Within a pixel, its own middle stands for that of the part covered.
          expect(Math.abs(x - 20)).toBeLessThan(0.5);
          expect(Math.abs(y - 15)).toBeLessThan(0.5);
          const mean = (offset: number) => (moved[offset]! + moved[offset + 2]! + moved[offset + 4]!) / 3;
          expect(mean(0)).toBeCloseTo(20, 9);
          expect(mean(1)).toBeCloseTo(15, 9);
        },
      ),
    );
  });
});
