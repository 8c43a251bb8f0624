import { argumentError, assertInteger } from '@eigengan/core';

/** A point, in pixels of a picture or in units of a standard face: x to the right, y downwards. */
export type Point = readonly [x: number, y: number];

/**
 * The same landmarks of many faces. Coordinates are those of the upright picture (as its EXIF orientation
 * says); whole numbers are the pixels' middles.
 */
export interface FaceLandmarks {
  /** What each picture is called: its path in its folder or archive, or the end of it. */
  readonly names: readonly string[];
  /** Landmarks a face, at least 3. */
  readonly perFace: number;
  /** [names, perFace, 2]: x and y of each, pixels. */
  readonly points: Float64Array;
}

/** Fewer do not tell a face from a box. */
export const fewestLandmarks = 3;

/** Far outside every picture, and far from what loses digits. */
export const largestCoordinate = 1e6;

/** @throws ArgumentError when names and points do not belong together, or a coordinate is no pixel's */
export function assertLandmarks(where: string, landmarks: FaceLandmarks): void {
  if (typeof landmarks !== 'object' || landmarks === null) {
    throw argumentError(where, 'must be landmarks as parseLandmarks gives them', landmarks);
  }
  const { names, perFace, points } = landmarks;
  if (!Array.isArray(names)) throw argumentError(`${where}: names`, 'must be an array', names);
  assertInteger(`${where}: perFace`, perFace, { min: fewestLandmarks });
  if (!(points instanceof Float64Array) || points.length !== names.length * perFace * 2) {
    const rule = `must be a Float64Array of ${names.length} x ${perFace} x 2 numbers`;
    const got = points instanceof Float64Array ? points.length : points;
    throw argumentError(`${where}: points`, rule, got);
  }
  const strange = points.findIndex((value) => !(Math.abs(value) <= largestCoordinate));
  if (strange < 0) return;
  const name = names[Math.floor(strange / perFace / 2)];
  throw argumentError(
    `${where}: ${name}`,
    `coordinates must be within ${largestCoordinate}`,
    points[strange],
  );
}

/** x and y of each landmark of face `index`: a view. */
export function faceAt({ perFace, points }: FaceLandmarks, index: number): Float64Array {
  return points.subarray(index * perFace * 2, (index + 1) * perFace * 2);
}
