import { unit, type Vector } from './vector';

/** Where the eye is. */
export const eye: Vector = [0, -3.7, 2.2];
/** What is in the middle of the picture. */
const target: Vector = [0, 0, 0.5];
/** The tangent of half the angle that the shorter side of the picture spans. */
const halfView = 0.42;

const ahead = unit([target[0] - eye[0], target[1] - eye[1], target[2] - eye[2]]);
/** Upwards in the picture; (1, 0, 0) is to its right. */
const up: Vector = [0, -ahead[2], ahead[1]];

/** From a point of the picture, in pixels from its upper left corner, to the direction in which it lies. */
export function camera(height: number, width: number): (x: number, y: number) => Vector {
  const perPixel = (2 * halfView) / Math.min(height, width);
  return (x, y) => {
    const u = (x - width / 2) * perPixel;
    const v = (height / 2 - y) * perPixel;
    return unit([u, ahead[1] + v * up[1], ahead[2] + v * up[2]]);
  };
}
