import { argumentError } from '@eigengan/core';
import { assertLandmarks, type FaceLandmarks, faceAt, type Point } from './face-landmarks';
import { spread } from './similarity';
import { fiveLandmarks } from './standard-landmarks';

/** Less than a pixel's thousandth between all landmarks: they lie on one place. */
export const smallestSpread = 1e-6;

/** The change of a mean of unit size at which it stands. */
const settled = 1e-12;
const mostRounds = 100;

/**
 * The mean shape of faces, for want of a standard: generalised Procrustes analysis (Gower, Psychometrika 40,
 * 1975). Each face is centred and brought to unit size; then, in turns, all are rotated to the mean and the
 * mean is taken of them, until it stands. It is as upright as the faces are on average, whatever landmarks
 * they are.
 *
 * The official standard's unit is the face's size, and so is this one's. With five landmarks the shape has the
 * middle and the size of `fiveLandmarks`, with any other number its middle is (0, 0) and the box around it has
 * sides whose mean is 1, as the official 68 landmarks have: these are to outline the face from brow to chin, or
 * `faceFactor` to be chosen for what they outline.
 *
 * Faces whose landmarks all lie on one place are left out.
 *
 * @throws ArgumentError when no face is left, or the shapes have nothing in common
 */
export function meanLandmarks(landmarks: FaceLandmarks): Point[] {
  assertLandmarks('meanLandmarks', landmarks);
  const mean = uprightMean(landmarks);
  const { scale, x, y } = place(mean);
  return Array.from({ length: landmarks.perFace }, (_, i) => [
    scale * mean[2 * i]! + x,
    scale * mean[2 * i + 1]! + y,
  ]);
}

/** The mean shape, centred, of unit size. */
function uprightMean(landmarks: FaceLandmarks): Float64Array {
  const weights = sizeWeights(landmarks);
  // Photographs are nearly upright, so their plain mean is a good start, whichever face comes first.
  let mean = turnedMean(landmarks, weights, () => [1, 0]);
  for (let round = 0; round < mostRounds; round++) {
    const before = mean;
    mean = turnedMean(landmarks, weights, (face) => turn(face, before));
    if (mean.every((value, i) => Math.abs(value - before[i]!) < settled)) break;
  }
  return turnedBack(mean, landmarks, weights);
}

/** What brings each face to unit size; 0 leaves it out. */
function sizeWeights(landmarks: FaceLandmarks): Float64Array {
  const weights = Float64Array.from(landmarks.names, (_, face) => {
    const { sum } = spread(faceAt(landmarks, face));
    return sum < smallestSpread ? 0 : 1 / Math.sqrt(sum);
  });
  if (weights.some((weight) => weight > 0)) return weights;
  throw argumentError('meanLandmarks', 'needs a face whose landmarks do not all lie on one place', 'none');
}

type Turn = readonly [cosine: number, sine: number];

/** The mean of the faces, each at unit size and turned, centred and brought to unit size itself. */
function turnedMean(
  landmarks: FaceLandmarks,
  weights: Float64Array,
  turnOf: (face: Float64Array) => Turn,
): Float64Array {
  const sum = new Float64Array(2 * landmarks.perFace);
  weights.forEach((weight, index) => {
    if (weight === 0) return;
    const face = faceAt(landmarks, index);
    addTurned(sum, face, turnOf(face), weight);
  });
  const { x, y, sum: squares } = spread(sum);
  const size = Math.sqrt(squares);
  if (size > smallestSpread) return sum.map((value, i) => (value - (i % 2 === 0 ? x : y)) / size);
  throw argumentError('meanLandmarks', 'the faces must have a shape in common', 'none');
}

/** Turns the mean so that the faces' turns away from it are zero on average. */
function turnedBack(mean: Float64Array, landmarks: FaceLandmarks, weights: Float64Array): Float64Array {
  let x = 0;
  let y = 0;
  weights.forEach((weight, index) => {
    if (weight === 0) return;
    const [cosine, sine] = turn(faceAt(landmarks, index), mean);
    x += cosine;
    y -= sine;
  });
  const length = Math.hypot(x, y);
  if (length < smallestSpread) return mean;
  return addTurned(new Float64Array(mean.length), mean, [x / length, y / length], 1);
}

/** The turn that brings a face, wherever it lies, nearest to a centred shape. */
function turn(face: Float64Array, shape: Float64Array): Turn {
  let real = 0;
  let imaginary = 0;
  for (let i = 0; i < face.length; i += 2) {
    real += face[i]! * shape[i]! + face[i + 1]! * shape[i + 1]!;
    imaginary += face[i]! * shape[i + 1]! - face[i + 1]! * shape[i]!;
  }
  const length = Math.hypot(real, imaginary);
  return length < smallestSpread ? [1, 0] : [real / length, imaginary / length];
}

function addTurned(
  sum: Float64Array,
  shape: Float64Array,
  [cosine, sine]: Turn,
  weight: number,
): Float64Array {
  for (let i = 0; i < sum.length; i += 2) {
    sum[i]! += weight * (cosine * shape[i]! - sine * shape[i + 1]!);
    sum[i + 1]! += weight * (sine * shape[i]! + cosine * shape[i + 1]!);
  }
  return sum;
}

/** Scale and middle of a centred shape of unit size as a standard. */
function place(mean: Float64Array): { readonly scale: number; readonly x: number; readonly y: number } {
  if (mean.length === 2 * fiveLandmarks.length) {
    const { x, y, sum } = spread(fiveLandmarks.flat());
    return { scale: Math.sqrt(sum), x, y };
  }
  const range = (axis: 0 | 1) => {
    const values = mean.filter((_, i) => i % 2 === axis);
    return Math.max(...values) - Math.min(...values);
  };
  return { scale: 2 / (range(0) + range(1)), x: 0, y: 0 };
}
