import type { SineAndCosine } from '../drawing/turn';
import type { RoomFactors } from './factors';
import { belowBall, belowWall } from './light';
import { ball, capsule, cube, cylinder, type Solid, within } from './solids';

/** The object in the middle of the room. */
export interface StandingObject {
  readonly solid: Solid;
  /** Which part of the light from above it keeps from a point of the floor, 0 .. 1. */
  occlusion(x: number, y: number): number;
}

const cubeSide = 1.1;
const cylinderRadius = 0.58;
const cylinderHeight = 1.1;
const ballRadius = 0.66;
const capsuleRadius = 0.44;
const capsuleHeight = 1.5;

/** @param turned by how much the object is turned about the vertical */
export function standingObject({ shape, scale }: RoomFactors, turned: SineAndCosine): StandingObject {
  switch (shape) {
    case 0:
      return standingCube(scale * cubeSide, turned);
    case 1:
      return standingCylinder(scale * cylinderRadius, scale * cylinderHeight);
    case 2: {
      const radius = scale * ballRadius;
      return { solid: ball(radius, radius), occlusion: (x, y) => belowBall(length(x, y), radius) };
    }
    default: {
      const radius = scale * capsuleRadius;
      const height = scale * capsuleHeight;
      return {
        solid: within(height / 2, height / 2, capsule(radius, height)),
        // What is above the lower end hides some more.
        occlusion: (x, y) => belowBall(length(x, y), 1.15 * radius),
      };
    }
  }
}

function standingCube(side: number, turned: SineAndCosine): StandingObject {
  const half = side / 2;
  const [sine, cosine] = turned;
  return {
    solid: within(half, side * Math.sqrt(3 / 4), cube(side, turned)),
    occlusion: (x, y) => {
      const outX = Math.max(0, Math.abs(x * cosine + y * sine) - half);
      const outY = Math.max(0, Math.abs(y * cosine - x * sine) - half);
      return besideWalls(length(outX, outY), half);
    },
  };
}

function standingCylinder(radius: number, height: number): StandingObject {
  return {
    solid: within(height / 2, length(radius, height / 2), cylinder(radius, height)),
    occlusion: (x, y) => besideWalls(length(x, y) - radius, radius),
  };
}

/** What walls hide that end, as an object's do; a little more than they would, so that the object stands firmly. */
function besideWalls(distance: number, height: number): number {
  return 1.25 * belowWall(distance, 0.9 * height);
}

function length(x: number, y: number): number {
  return Math.sqrt(x * x + y * y);
}
