import { type Canvas, paint } from './canvas';
import type { PortraitFactors } from './factors';
import { eyeOffset, eyeY } from './features';
import { earX } from './head';
import type { Color } from './palette';
import type { Pose } from './pose';
import { outline, roundedBox, segment } from './shape';

const frame: Color = [44, 42, 54];
const thickness = 0.05;
const middle = eyeY - 0.008;

interface Lens {
  readonly x: number;
  readonly halfWidth: number;
}

function lensOf(pose: Pose, side: -1 | 1): Lens {
  const u = side * (eyeOffset + 0.01);
  return { x: pose.at(u, 1.03), halfWidth: 0.38 * pose.halfWidth * Math.min(1.05, pose.foreshortening(u)) };
}

/** The arms, from the lenses to the ears; the hair hides them where it is. */
export function paintGlassesArms(canvas: Canvas, factors: PortraitFactors, pose: Pose): void {
  for (const side of [-1, 1] as const) {
    const { x, halfWidth } = lensOf(pose, side);
    const hinge = x + side * halfWidth;
    const ear = earX(pose, side);
    if ((ear - hinge) * side <= 0) continue;
    const arm = segment(hinge, middle - 0.03, ear, middle - 0.01, thickness / 2.4);
    paint(canvas, arm, { color: frame, thickness: thickness / 1.2, opacity: factors.glasses });
  }
}

/** Two round rims and the bridge between them. */
export function paintGlasses(canvas: Canvas, factors: PortraitFactors, pose: Pose): void {
  const opacity = factors.glasses;
  const ink = { color: frame, thickness, opacity };
  const left = lensOf(pose, -1);
  const right = lensOf(pose, 1);
  for (const { x, halfWidth } of [left, right]) {
    const rim = roundedBox(x, middle, halfWidth, 0.155, 0.13);
    paint(canvas, rim, { color: [255, 255, 255], opacity: 0.12 * opacity });
    paint(canvas, outline(rim, thickness / 2), ink);
  }
  const from = left.x + left.halfWidth;
  const to = right.x - right.halfWidth;
  if (to > from) paint(canvas, segment(from, middle - 0.03, to, middle - 0.03, thickness / 2), ink);
}
