import { type Canvas, paint } from './canvas';
import type { PortraitFactors } from './factors';
import { faceShape } from './head';
import { hairColor, skinColor } from './palette';
import { highlightOf, type Pose, shadowOf } from './pose';
import { bow, difference, ellipse, intersection, roundedBox, type Shape, shifted, union } from './shape';

/** Where the hair ends. */
function tipOf({ hairLength }: PortraitFactors): number {
  return -0.12 + 1.1 * hairLength;
}

/** The skull's hair and what hangs from it, as if there were no face. */
function mass(factors: PortraitFactors, pose: Pose): Shape {
  const { centerX, centerY, halfWidth, sine } = pose;
  const { hairLength } = factors;
  const volume = 0.045 + 0.055 * hairLength;
  const x = centerX - 0.05 * sine;
  const cap = ellipse(x, centerY - 0.11, halfWidth + volume, 0.5 + volume * 0.9);
  const top = centerY - 0.15;
  const tip = Math.max(top + 0.1, tipOf(factors));
  const half = (tip - top) / 2;
  const fall = roundedBox(
    x,
    top + half,
    halfWidth + volume + 0.02 * hairLength,
    half,
    0.06 + 0.3 * hairLength,
  );
  const below = roundedBox(x, -2 + tip, 3, 2, 0);
  return union(intersection(below, cap), fall, 0.04);
}

/** What lies behind face and neck. */
export function paintBackHair(canvas: Canvas, factors: PortraitFactors, pose: Pose): void {
  const color = shadowOf(hairColor(factors.hairColor), 0.42);
  const back = mass(factors, pose);
  paint(canvas, back, { color, shadow: shadowOf(color, 0.55), shade: pose.shade });
}

/** What frames the face: a swept fringe, the sides, and the locks that hang from them. */
export function paintFrontHair(canvas: Canvas, factors: PortraitFactors, pose: Pose): void {
  const color = hairColor(factors.hairColor);
  const { centerY, halfWidth, sine, cosine } = pose;
  const middle = pose.at(0) - 0.1 * sine * halfWidth;
  const half = halfWidth * (0.84 + 0.03 * cosine);
  const face = union(
    ellipse(middle, centerY + 0.14, half, 0.5),
    roundedBox(middle, centerY + 1.3, half * 0.92, 1.25, 0.3),
    0.1,
  );
  const part = pose.at(-0.3);
  const fringe = union(
    ellipse(part + halfWidth * 0.95, centerY - 0.46, halfWidth * 1.0, 0.26),
    ellipse(part - halfWidth * 0.5, centerY - 0.42, halfWidth * 0.52, 0.24),
  );
  const front = difference(mass(factors, pose), difference(face, fringe));
  // The shadow that the fringe throws on the forehead.
  const thrown = intersection(faceShape(pose), shifted(front, -0.03 * factors.lightDirection, 0.05));
  paint(canvas, thrown, { color: shadowOf(skinColor(factors.skinTone), 0.8), opacity: 0.4, softness: 0.04 });
  paint(canvas, front, { color: highlightOf(color, 0.06), shadow: shadowOf(color, 0.62), shade: pose.shade });
  const gleam = bow(pose.centerX + 0.13 * factors.lightDirection, centerY - 0.51, 0.22, 0.06, 0.035);
  paint(canvas, gleam, { color: highlightOf(color, 0.5), opacity: 0.5, softness: 0.08 });
}
