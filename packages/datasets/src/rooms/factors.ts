import { evenly, tenHues, type ValueOf } from '../factors/factor-grid';
import type { FactorRanges, FactorValues } from '../factors/factor-source';

/** All that a room's picture shows. Nothing else varies. */
export interface RoomFactors {
  /** A circle: 0 red, yellow, green, cyan, blue, violet, 1 red again. */
  readonly floorHue: number;
  readonly wallHue: number;
  readonly objectHue: number;
  /** 0.75 .. 1.25 times the object's usual width, depth and height. */
  readonly scale: number;
  /** 0 cube, 1 cylinder, 2 sphere, 3 capsule: the place in `roomShapes`. */
  readonly shape: number;
  /** How far the eye has gone around the object, -30 to its left .. 30 to its right, in degrees. */
  readonly orientation: number;
}

export type RoomFactorName = keyof RoomFactors;

export const roomShapes = ['cube', 'cylinder', 'sphere', 'capsule'] as const;

/** The lowest and the highest value of each factor. */
export const roomFactorRanges: FactorRanges<RoomFactors> = {
  floorHue: [0, 1],
  wallHue: [0, 1],
  objectHue: [0, 1],
  scale: [0.75, 1.25],
  shape: [0, 3],
  orientation: [-30, 30],
};

/**
 * The values of each factor, those of 3D Shapes: 480,000 combinations.
 *
 * @see https://github.com/google-deepmind/3d-shapes
 */
export const roomFactorValues: FactorValues<RoomFactors> = {
  floorHue: tenHues,
  wallHue: tenHues,
  objectHue: tenHues,
  scale: evenly(8, 0.75, 1.25),
  shape: [0, 1, 2, 3],
  orientation: evenly(15, -30, 30),
};

export function roomFactorsOf(pick: ValueOf<RoomFactorName>): RoomFactors {
  return {
    floorHue: pick('floorHue'),
    wallHue: pick('wallHue'),
    objectHue: pick('objectHue'),
    scale: pick('scale'),
    shape: pick('shape'),
    orientation: pick('orientation'),
  };
}
