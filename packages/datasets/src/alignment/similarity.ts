import type { Affine } from '../decode/alignment';

/** The mean of points [k, 2], and the sum of their squared distances from it. */
export function spread(points: ArrayLike<number>): { readonly x: number; readonly y: number; sum: number } {
  const count = points.length / 2;
  let x = 0;
  let y = 0;
  for (let i = 0; i < points.length; i += 2) {
    x += points[i]! / count;
    y += points[i + 1]! / count;
  }
  let sum = 0;
  for (let i = 0; i < points.length; i += 2) sum += (points[i]! - x) ** 2 + (points[i + 1]! - y) ** 2;
  return { x, y, sum };
}

export interface Similarity {
  /** From the first points to the second. */
  readonly affine: Affine;
  /** How much of the second points' spread the first ones, moved, explain: 0 nothing .. 1 all. */
  readonly explained: number;
}

/**
 * The rotation, uniform scale and translation, without reflection, that bring points [k, 2] nearest to
 * others in the least-squares sense, in closed form. With points as complex numbers around their means it is
 * the regression `to = a from`, so `a = sum(conj(from) to) / sum(|from|^2)`: in the plane the same as Umeyama
 * (IEEE TPAMI 13, 1991), but that no case needs a reflection put right.
 *
 * @param from must not all lie on one place
 */
export function similarity(from: ArrayLike<number>, to: ArrayLike<number>): Similarity {
  const source = spread(from);
  const target = spread(to);
  let real = 0;
  let imaginary = 0;
  for (let i = 0; i < from.length; i += 2) {
    const x = from[i]! - source.x;
    const y = from[i + 1]! - source.y;
    const toX = to[i]! - target.x;
    const toY = to[i + 1]! - target.y;
    real += x * toX + y * toY;
    imaginary += x * toY - y * toX;
  }
  const a = real / source.sum;
  const b = imaginary / source.sum;
  return {
    affine: [a, -b, target.x - a * source.x + b * source.y, b, a, target.y - b * source.x - a * source.y],
    explained: target.sum === 0 ? 0 : (real * a + imaginary * b) / target.sum,
  };
}
