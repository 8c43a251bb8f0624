import { neckX } from './backdrop';
import { type Canvas, paint } from './canvas';
import type { PortraitFactors } from './factors';
import { type Color, skinColor } from './palette';
import { type Pose, shadowOf } from './pose';
import { ellipse, intersection, roundedBox, type Shape, union } from './shape';

/** The outline of the face: a skull, and a jaw that turns further. */
export function faceShape(pose: Pose): Shape {
  const { centerX, centerY, halfWidth, sine } = pose;
  const skull = ellipse(centerX, centerY - 0.05, halfWidth, 0.47);
  const jaw = ellipse(centerX + 0.07 * sine, centerY + 0.21, halfWidth * 0.76, 0.37);
  return union(skull, jaw, 0.12);
}

/** The neck, with the shadow that the chin throws. */
export function paintNeck(canvas: Canvas, factors: PortraitFactors, pose: Pose): void {
  const skin = skinColor(factors.skinTone);
  const x = neckX(factors);
  const neck = union(roundedBox(x, 0.4, 0.165, 0.25, 0.05), ellipse(x, 0.6, 0.205, 0.135), 0.1);
  paint(canvas, neck, { color: shadowOf(skin, 0.14), shadow: shadowOf(skin, 0.7), shade: pose.wideShade });
  const chin = ellipse(pose.centerX - 0.05 * factors.lightDirection, 0.36, pose.halfWidth * 0.8, 0.27);
  paint(canvas, intersection(neck, chin), { color: shadowOf(skin, 0.55), opacity: 0.75, softness: 0.06 });
}

export function paintFace(canvas: Canvas, factors: PortraitFactors, pose: Pose): void {
  const skin = skinColor(factors.skinTone);
  paint(canvas, faceShape(pose), { color: skin, shadow: shadowOf(skin, 0.62), shade: pose.shade });
}

/** The ear on one side (-1 the picture's left, 1 its right). */
export function paintEar(
  canvas: Canvas,
  factors: PortraitFactors,
  pose: Pose,
  side: -1 | 1,
  opacity = 1,
): void {
  const skin = skinColor(factors.skinTone);
  const x = earX(pose, side);
  const y = pose.centerY + 0.08;
  // The ear that comes into view shows its whole width, the other one its edge.
  const width = 0.075 * (1 - 0.45 * side * pose.sine);
  const ink = (color: Color) => ({ color, shadow: shadowOf(color, 0.62), shade: pose.shade, opacity });
  paint(canvas, ellipse(x, y, width, 0.115), ink(shadowOf(skin, 0.06)));
  paint(canvas, ellipse(x - side * 0.012, y + 0.005, width * 0.5, 0.065), ink(shadowOf(skin, 0.3)));
}

/** An ear sits on the side of the head, a little behind its middle: the one turned away disappears. */
export function earX(pose: Pose, side: -1 | 1): number {
  return pose.centerX + pose.halfWidth * (1.04 * side * pose.cosine - 0.16 * pose.sine);
}
