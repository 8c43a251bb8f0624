import fc from 'fast-check';
import { expect, it } from 'vitest';
import { similarity } from './similarity';

const face = [-0.23105, -0.264, 0.23073, -0.26231, 0.00402, 0.04893, -0.17988, 0.22249, 0.18358, 0.22273];

it('finds the turn, scale and shift that points went through', () => {
  const motion = fc.record({
    angle: fc.double({ min: -Math.PI, max: Math.PI, noNaN: true }),
    scale: fc.double({ min: 1e-3, max: 1e3, noNaN: true }),
    right: fc.double({ min: -1e3, max: 1e3, noNaN: true }),
    down: fc.double({ min: -1e3, max: 1e3, noNaN: true }),
  });
  fc.assert(
    fc.property(motion, ({ angle, scale, right, down }) => {
      const [a, b] = [scale * Math.cos(angle), scale * Math.sin(angle)];
      const expected = [a, -b, right, b, a, down];
      const moved = face.flatMap((x, i) => {
        const y = face[i + 1]!;
        return i % 2 === 0 ? [a * x - b * y + right, b * x + a * y + down] : [];
      });
      const { affine, explained } = similarity(face, moved);
      affine.forEach((value, i) => {
        expect(Math.abs(value - expected[i]!)).toBeLessThan(1e-12 * (1000 + scale));
      });
      expect(explained).toBeCloseTo(1, 6);
    }),
  );
});

it('does not mirror', () => {
  const mirrored = face.map((value, i) => (i % 2 === 0 ? -value : value));
  const { affine, explained } = similarity(face, mirrored);
  expect(affine[0] * affine[4] - affine[1] * affine[3]).toBeGreaterThanOrEqual(0);
  expect(explained).toBeLessThan(0.1);
});

it('explains nothing of points on one place', () => {
  const { affine, explained } = similarity(face, new Array(10).fill(7));
  expect(affine.map(Math.abs)).toEqual([0, 0, 7, 0, 0, 7]);
  expect(explained).toBe(0);
});
