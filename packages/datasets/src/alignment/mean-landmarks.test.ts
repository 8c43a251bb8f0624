import { ArgumentError, seededStream } from '@eigengan/core';
import { expect, it } from 'vitest';
import type { FaceLandmarks } from './face-landmarks';
import { meanLandmarks } from './mean-landmarks';
import { similarity } from './similarity';
import { fiveLandmarks } from './standard-landmarks';

function landmarks(faces: readonly (readonly number[])[]): FaceLandmarks {
  return {
    names: faces.map((_, i) => `${i}.jpg`),
    perFace: (faces[0]?.length ?? 0) / 2,
    points: Float64Array.from(faces.flat()),
  };
}

/** A shape turned by radians, scaled and shifted. */
function moved(
  shape: readonly number[],
  angle: number,
  scale: number,
  right: number,
  down: number,
): number[] {
  const [a, b] = [scale * Math.cos(angle), scale * Math.sin(angle)];
  return shape.flatMap((x, i) => {
    const y = shape[i + 1]!;
    return i % 2 === 0 ? [a * x - b * y + right, b * x + a * y + down] : [];
  });
}

it('is the mean that an optimiser finds of noisy shapes', () => {
  // Four points of six faces; the mean by scipy.optimize over the faces' turns (BFGS), upright, sides 1 on average.
  const faces = [
    [125.766, 52.565, 138.741, 68.109, 100.3, 69.078, 126.203, 50.828],
    [133.162, 46.137, 144.235, 71.597, 92.801, 86.114, 131.432, 46.839],
    [110.203, 50.866, 114.112, 58.745, 98.705, 57.521, 107.18, 51.255],
    [119.598, 53.041, 124.675, 62.685, 105.729, 66.165, 115.736, 52.517],
    [178.452, 80.884, 184.916, 89.745, 167.225, 98.031, 178.032, 79.966],
    [143.765, 61.0, 151.719, 73.373, 109.967, 82.794, 135.404, 57.034],
  ];
  const expected = [
    [0.173756998672123, -0.31376876013142097],
    [0.4996031618154792, 0.22228694519802872],
    [-0.7169663082011242, 0.43745617245839447],
    [0.043606147713521934, -0.3459743575250022],
  ];
  const mean = meanLandmarks(landmarks(faces));
  mean.flat().forEach((value, i) => {
    expect(value).toBeCloseTo(expected.flat()[i]!, 7);
  });
  const reversed = meanLandmarks(landmarks([...faces].reverse()));
  reversed.flat().forEach((value, i) => {
    expect(value).toBeCloseTo(mean.flat()[i]!, 10);
  });
});

it('finds five landmarks in the middle and size of the official ones', () => {
  const stream = seededStream(1, 'faces');
  const faces = Array.from({ length: 40 }, () => {
    const turn = 0.6 * (stream.uniform() - 0.5);
    return moved(fiveLandmarks.flat(), turn, 50 + 100 * stream.uniform(), 300 * stream.uniform(), 90);
  });
  // As many turned one way as the other.
  const turns = faces.map((face) => similarity(fiveLandmarks.flat(), face).affine);
  const back = turns.map(([a, , , d], i) => moved(fiveLandmarks.flat(), -Math.atan2(d, a), 60, 10 * i, 5));
  const mean = meanLandmarks(landmarks([...faces, ...back]));
  mean.flat().forEach((value, i) => {
    expect(value).toBeCloseTo(fiveLandmarks.flat()[i]!, 9);
  });
});

it('brings any other number to sides of 1 around the middle', () => {
  const shape = [0, 0, 4, 0, 4, 2, 0, 2];
  const mean = meanLandmarks(landmarks([moved(shape, 0.1, 30, 50, 60), moved(shape, -0.1, 40, 10, 20)]));
  const expected = [-2, -1, 2, -1, 2, 1, -2, 1].map((value) => value / 3);
  mean.flat().forEach((value, i) => {
    expect(value).toBeCloseTo(expected[i]!, 9);
  });
});

it('leaves out faces on one place, and refuses when none is left', () => {
  const shape = [0, 0, 4, 0, 4, 2, 0, 2];
  const point = [9, 9, 9, 9, 9, 9, 9, 9];
  expect(meanLandmarks(landmarks([point, shape]))).toEqual(meanLandmarks(landmarks([shape])));
  expect(() => meanLandmarks(landmarks([point]))).toThrow(ArgumentError);
  expect(() => meanLandmarks(landmarks([shape, shape.map((value) => -value)]))).toThrow('a shape in common');
  expect(() => meanLandmarks({ names: ['a'], perFace: 4, points: new Float64Array(6) })).toThrow(
    'must be a Float64Array of 1 x 4 x 2 numbers, got 6',
  );
  expect(() => meanLandmarks(landmarks([[0, 0, 1, 1, Number.NaN, 3]]))).toThrow('0.jpg');
});
