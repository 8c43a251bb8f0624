import { expect, test } from 'vitest';
import type { Point } from './draw-line';
import { thinned } from './thinned';

test('of a pixel column the first, the lowest, the highest and the last point stay, in their order', () => {
  const points: Point[] = [
    [0.1, 5],
    [0.2, 9],
    [0.3, 6],
    [0.4, 1],
    [0.5, 2],
    [0.6, 4],
    [1.1, 7],
  ];
  expect(thinned(points)).toEqual([points[0], points[1], points[3], points[5], points[6]]);
});

test('gaps stay, however long, and parts of a column on both sides of one stay apart', () => {
  const [a, b, c]: [Point, Point, Point] = [
    [0.1, 5],
    [0.4, 5],
    [0.5, 6],
  ];
  expect(thinned([a, undefined, undefined, b, c])).toEqual([a, undefined, b, c]);
});

test('a million points become at most four a column', () => {
  const points = Array.from({ length: 1_000_000 }, (_, i): Point => [i / 10_000, Math.sin(i)]);
  expect(thinned(points).length).toBeLessThanOrEqual(400);
});
