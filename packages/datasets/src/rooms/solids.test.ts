import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { turn } from '../drawing/turn';
import { ball, capsule, cube, cylinder, type Solid, within } from './solids';
import { along, dot, unit, type Vector } from './vector';

/** How far a point is inside (negative) or outside of each solid, by closed forms that know no rays. */
const turned = turn(0.07);
const solids: Readonly<Record<string, { solid: Solid; outside: (point: Vector) => number }>> = {
  ball: { solid: ball(0.6, 0.6), outside: ([x, y, z]) => Math.hypot(x, y, z - 0.6) - 0.6 },
  cylinder: {
    solid: cylinder(0.5, 1.1),
    outside: ([x, y, z]) => Math.max(Math.hypot(x, y) - 0.5, Math.abs(z - 0.55) - 0.55),
  },
  capsule: {
    solid: capsule(0.4, 1.5),
    outside: ([x, y, z]) => Math.hypot(x, y, z - Math.min(1.1, Math.max(0.4, z))) - 0.4,
  },
  cube: {
    solid: cube(1.1, turned),
    outside: ([x, y, z]) => {
      const [sine, cosine] = turned;
      const across = Math.abs(x * cosine + y * sine);
      const along = Math.abs(y * cosine - x * sine);
      return Math.max(across, along, Math.abs(z - 0.55)) - 0.55;
    },
  },
};

const number = (min: number, max: number) => fc.double({ min, max, noNaN: true });
/** From outside and above, as the eye is, to somewhere in or around the object. */
const ray = fc
  .tuple(
    number(-3, 3),
    number(-4, -2),
    number(1.6, 3),
    number(-0.9, 0.9),
    number(-0.9, 0.9),
    number(0.01, 1.8),
  )
  .map(([x, y, z, toX, toY, toZ]) => {
    const origin: Vector = [x, y, z];
    return { origin, direction: unit([toX - x, toY - y, toZ - z]) };
  });

describe.each(Object.entries(solids))('a %s', (_, { solid, outside }) => {
  it('is met on its surface, with a normal of length 1 towards the eye', () => {
    let hits = 0;
    fc.assert(
      fc.property(ray, ({ origin, direction }) => {
        const hit = solid(origin, direction);
        if (hit === undefined) return;
        hits++;
        const point = along(origin, direction, hit.distance);
        expect(Math.abs(outside(point))).toBeLessThan(1e-9);
        expect(dot(hit.normal, hit.normal)).toBeCloseTo(1, 9);
        expect(dot(hit.normal, direction)).toBeLessThanOrEqual(1e-9);
        expect(outside(along(point, hit.normal, 1e-3))).toBeGreaterThan(0);
      }),
    );
    expect(hits).toBeGreaterThan(20);
  });

  it('is met by the rays that enter it, and by no others', () => {
    fc.assert(
      fc.property(ray, ({ origin, direction }) => {
        const hit = solid(origin, direction);
        let deepest = Number.POSITIVE_INFINITY;
        for (let distance = 0; distance < (hit?.distance ?? 8) - 1e-6; distance += 0.02) {
          deepest = Math.min(deepest, outside(along(origin, direction, distance)));
        }
        expect(deepest).toBeGreaterThan(-1e-9);
      }),
      { numRuns: 50 },
    );
  });
});

it('is left out by no ray that meets it, however near the ball around it', () => {
  const whole = capsule(0.4, 1.5);
  const bounded = within(0.75, 0.75, whole);
  fc.assert(
    fc.property(ray, ({ origin, direction }) => {
      expect(bounded(origin, direction)).toEqual(whole(origin, direction));
    }),
  );
});
