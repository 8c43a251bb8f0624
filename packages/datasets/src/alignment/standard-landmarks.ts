import { argumentError, assertFinite, assertInteger, formatError } from '@eigengan/core';
import { fewestLandmarks, type Point } from './face-landmarks';
import { decimal } from './number-text';
import { spread } from './similarity';

/**
 * The official standard of five landmarks: left and right eye (as seen), tip of the nose, left and right corner
 * of the mouth, in the order of CelebA's lists. Its unit is the face's size, from brow to chin or cheek to
 * cheek: that of the official standard of 68 landmarks, whose sides are 0.998 and 1.002.
 *
 * Numbers: https://github.com/LynnHo/Facial-Landmarks-of-Face-Datasets (`standard_landmark_5pts.txt`)
 */
export const fiveLandmarks: readonly Point[] = [
  [-0.23105, -0.264],
  [0.23073, -0.26231],
  [0.00402, 0.04893],
  [-0.17988, 0.22249],
  [0.18358, 0.22273],
];

/**
 * The standard landmarks in a text of numbers, x and y of each, in the order of the pictures' landmarks: the
 * form of the official `standard_landmark_68pts.txt`.
 *
 * @param options.name what errors call the text
 * @throws FormatError when it holds anything but pairs of numbers
 */
export function parseStandardLandmarks(text: string, options: { readonly name?: string } = {}): Point[] {
  const { name = 'parseStandardLandmarks' } = options;
  const fields = text.split(/[\s,]+/).filter((field) => field !== '');
  const numbers = fields.map((field, i) => {
    if (decimal.test(field)) return Number(field);
    throw formatError(`${name}: number ${i + 1}`, 'must be a decimal number', field);
  });
  if (numbers.length % 2 !== 0 || numbers.length < 2 * fewestLandmarks) {
    throw formatError(name, `must hold x and y of at least ${fewestLandmarks} landmarks`, numbers.length);
  }
  return Array.from({ length: numbers.length / 2 }, (_, i) => [numbers[2 * i]!, numbers[2 * i + 1]!]);
}

/** The standard as [k, 2] numbers, checked. */
export function standardPoints(where: string, standard: readonly Point[], perFace: number): Float64Array {
  if (!Array.isArray(standard)) throw argumentError(where, 'must be an array of [x, y]', standard);
  assertInteger(`${where}: length`, standard.length, { min: fewestLandmarks });
  if (standard.length !== perFace) {
    throw argumentError(where, `must have as many landmarks as the pictures' ${perFace}`, standard.length);
  }
  const points = Float64Array.from(standard.flat());
  if (points.length !== 2 * perFace) throw argumentError(where, 'must be an array of [x, y]', standard);
  for (const value of points) assertFinite(where, value, { min: -100, max: 100 });
  if (spread(points).sum < 1e-6) throw argumentError(where, 'must not all lie on one place', standard);
  return points;
}
