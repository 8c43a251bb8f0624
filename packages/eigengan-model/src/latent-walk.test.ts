import { describe, expect, it } from 'vitest';
import { interpolateLatents, latentWalk } from './latent-walk';

const row = (...values: number[][]) => values.map((one) => Float32Array.from(one));
const lengthOf = (values: ArrayLike<number>) => Math.hypot(...Array.from(values));

describe('interpolateLatents', () => {
  it('goes by the great circle: half way between two axes lies at 45 degrees, as far out as they', () => {
    const [half = new Float32Array()] = interpolateLatents(row([2, 0, 0]), row([0, 2, 0]), 0.5);
    expect([...half].map((value) => value.toFixed(5))).toEqual(['1.41421', '1.41421', '0.00000']);
    const [third = new Float32Array()] = interpolateLatents(row([1, 0]), row([0, 1]), 1 / 3);
    expect(Math.atan2(third[1] ?? 0, third[0] ?? 0)).toBeCloseTo(Math.PI / 6, 5);
  });

  it('gives the ends, and lengths between those of the ends', () => {
    const [from, to] = [row([3, 0], [0.5]), row([0, 1], [-0.25])];
    for (const [part, end] of [
      [0, from],
      [1, to],
    ] as const) {
      interpolateLatents(from, to, part).forEach((values, i) => {
        values.forEach((value, j) => {
          expect(value).toBeCloseTo(end[i]?.[j] ?? Number.NaN, 6);
        });
      });
    }
    expect(lengthOf(interpolateLatents(from, to, 0.25)[0] ?? [])).toBeCloseTo(2.5, 5);
  });

  it('goes straight where there is no great circle: from zero, along one direction, to the opposite', () => {
    expect(interpolateLatents(row([0, 0]), row([2, 4]), 0.5)).toEqual(row([1, 2]));
    expect(interpolateLatents(row([1, 1]), row([3, 3]), 0.5)).toEqual(row([2, 2]));
    expect(interpolateLatents(row([1]), row([-1]), 0.25)).toEqual(row([0.5]));
  });

  it('refuses latents of different forms and parts beyond the ends', () => {
    expect(() => interpolateLatents(row([1]), row([1, 2]), 0)).toThrow('needs latents of one generator');
    expect(() => interpolateLatents(row([1]), row([1]), 1.5)).toThrow('interpolateLatents: part');
  });
});

describe('latentWalk', () => {
  const shapes = { noise: 16, z_0: 6 };

  it('has as many images as it says, each a row for every input', () => {
    const closed = [...latentWalk(shapes, { stops: 3, steps: 10 })];
    expect(closed).toHaveLength(30);
    expect(closed[7]?.map(({ length }) => length)).toEqual([16, 6]);
    expect([...latentWalk(shapes, { stops: 3, steps: 10, closed: false })]).toHaveLength(21);
  });

  it('moves in small steps, back to its beginning too', () => {
    const walk = [...latentWalk(shapes, { stops: 4, steps: 30 })];
    walk.forEach((latents, at) => {
      const next = walk[(at + 1) % walk.length] ?? [];
      const moved = latents.flatMap((values, i) =>
        Array.from(values, (value, j) => value - (next[i]?.[j] ?? 0)),
      );
      expect(lengthOf(moved)).toBeLessThan(0.6);
    });
  });

  it('is the same for a seed, another for another, and begins the same however long it is', () => {
    const first = (seed: number, stops = 4) => [...latentWalk(shapes, { seed, stops, steps: 2 })][2];
    expect(first(1)).toEqual(first(1));
    expect(first(1)).toEqual(first(1, 9));
    expect(first(1)).not.toEqual(first(2));
  });

  it('stays within the truncation at its stops', () => {
    const stops = [...latentWalk(shapes, { stops: 50, steps: 1, truncation: 0.7 })];
    for (const values of stops.flat()) expect(Math.max(...values.map(Math.abs))).toBeLessThanOrEqual(0.7);
  });
});
