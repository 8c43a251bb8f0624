import { dot, unit, type Vector } from './vector';

/**
 * Where the light comes from: above, behind the eye, and from neither side, so that turning the eye the other way
 * gives the mirror image.
 */
export const sun = unit([0, -0.6, 0.8]);

/** What a long wall of the given height hides of the sky from a level surface, `distance` from its foot. */
export function belowWall(distance: number, height: number): number {
  const d = Math.max(0, distance);
  return 0.5 * (1 - d / Math.sqrt(d * d + height * height));
}

/** What a ball that touches the floor `distance` away hides of the sky, each direction weighted by its height. */
export function belowBall(distance: number, radius: number): number {
  const share = (radius * radius) / (distance * distance + radius * radius);
  return share * Math.sqrt(share);
}

/** Blinn's highlight, to the 32nd power. */
export function highlight(direction: Vector, normal: Vector): number {
  const half = unit([sun[0] - direction[0], sun[1] - direction[1], sun[2] - direction[2]]);
  let power = Math.max(0, dot(half, normal));
  for (let i = 0; i < 5; i++) power *= power;
  return power;
}
