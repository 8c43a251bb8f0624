import { type Canvas, paint } from './canvas';
import type { PortraitFactors } from './factors';
import { backgroundColor, type Color, mix } from './palette';
import { type Pose, shadowOf } from './pose';
import { bow, ellipse, roundedBox, union } from './shape';

const white: Color = [255, 255, 255];

/** The wall behind: one hue, paler towards the light. */
export function paintBackground(canvas: Canvas, factors: PortraitFactors): void {
  const color = backgroundColor(factors.backgroundHue);
  const halfHeight = canvas.height / 2 / canvas.scale;
  const halfWidth = canvas.width / 2 / canvas.scale;
  const wall = roundedBox(0, 0, halfWidth + 1, halfHeight + 1, 0);
  const light = 0.4 * factors.lightDirection;
  paint(canvas, wall, {
    color: mix(color, white, 0.42),
    shadow: shadowOf(color, 0.16),
    shade: (x, y) => {
      const t = 0.5 + 0.36 * y - light * x;
      return Math.min(1, Math.max(0, t));
    },
  });
}

/** Shoulders in a plain pullover, as far down as the picture goes. */
export function paintShoulders(canvas: Canvas, factors: PortraitFactors, pose: Pose): void {
  const color = clothes(factors);
  const lowest = Math.max(1, canvas.height / 2 / canvas.scale) + 0.6;
  const halfHeight = (lowest - 0.67) / 2;
  const turn = 0.03 * factors.headTurn;
  const torso = union(
    roundedBox(turn, 0.67 + halfHeight, 0.72, halfHeight, 0.3),
    ellipse(turn, 0.84, 0.38, 0.25),
    0.12,
  );
  paint(canvas, torso, { color, shadow: shadowOf(color, 0.62), shade: pose.wideShade });
}

/** The collar, over the neck. */
export function paintCollar(canvas: Canvas, factors: PortraitFactors, pose: Pose): void {
  const color = shadowOf(clothes(factors), 0.28);
  const collar = bow(neckX(factors), 0.735, 0.215, -0.115, 0.034);
  paint(canvas, collar, { color, shadow: shadowOf(color, 0.5), shade: pose.wideShade });
}

/** Where the neck meets the shoulders. */
export function neckX({ headTurn }: PortraitFactors): number {
  return 0.035 * headTurn;
}

/** A deep tone of the hue across the circle from the wall's. */
function clothes({ backgroundHue }: PortraitFactors): Color {
  return mix(backgroundColor(backgroundHue + 0.45), [44, 48, 104], 0.45);
}
