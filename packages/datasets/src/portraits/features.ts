import { type Canvas, paint } from './canvas';
import type { PortraitFactors } from './factors';
import { faceShape } from './head';
import { type Color, hairColor, mix, skinColor } from './palette';
import { highlightOf, type Pose, shadowOf } from './pose';
import { bow, ellipse, intersection, lens, type Shape, segment } from './shape';

const sides = [-1, 1] as const;
/** Half of the distance between the eyes, of the face's half width. */
export const eyeOffset = 0.435;
export const eyeY = 0.02;
const white: Color = [252, 250, 246];
const iris: Color = [74, 58, 66];
const pupil: Color = [26, 20, 28];

export function paintFeatures(canvas: Canvas, factors: PortraitFactors, pose: Pose): void {
  paintCheeks(canvas, factors, pose);
  paintNose(canvas, factors, pose);
  paintMouth(canvas, factors, pose);
  for (const side of sides) {
    paintEye(canvas, factors, pose, side);
    paintBrow(canvas, factors, pose, side);
  }
}

function paintCheeks(canvas: Canvas, factors: PortraitFactors, pose: Pose): void {
  const skin = skinColor(factors.skinTone);
  const blush = mix(skin, [226, 84, 78], 0.5);
  const face = faceShape(pose);
  for (const side of sides) {
    const u = side * 0.58;
    const cheek = ellipse(pose.at(u), 0.2, 0.115 * pose.foreshortening(u), 0.085);
    paint(canvas, intersection(cheek, face), { color: blush, opacity: 0.36, softness: 0.1 });
  }
}

function paintEye(canvas: Canvas, factors: PortraitFactors, pose: Pose, side: -1 | 1): void {
  const u = side * eyeOffset;
  const x = pose.at(u);
  const halfWidth = 0.272 * pose.halfWidth * pose.foreshortening(u);
  const open = factors.eyeOpening;
  const upper = 0.012 - 0.122 * open;
  const lower = 0.012 + 0.056 * open;
  const skin = skinColor(factors.skinTone);
  const opening = lens(x, eyeY, halfWidth, upper * 1.15, lower * 1.1);
  // A slit thinner than a pixel would shine through the lid: it fades in.
  const opacity = Math.min(1, 6 * open);
  const gaze = x + 0.03 * pose.sine;
  const middle = eyeY - 0.018;
  const round = Math.max(0.6, pose.foreshortening(u));
  const glintX = gaze + 0.024 * Math.max(-1, Math.min(1, 4 * factors.lightDirection));
  paint(canvas, opening, { color: white, shadow: shadowOf(white, 0.3), shade: pose.shade, opacity });
  const disc = (cx: number, cy: number, rx: number, ry: number, color: Color) =>
    paint(canvas, intersection(ellipse(cx, cy, rx, ry), opening), { color, opacity });
  disc(gaze, middle, 0.07 * round, 0.076, iris);
  disc(gaze, middle, 0.038 * round, 0.042, pupil);
  disc(glintX, middle - 0.026, 0.019, 0.019, white);
  // The lid's edge: along the top of the opening, along its bottom when closed.
  const lid = bow(x, eyeY + upper, halfWidth * 1.06, -upper + 0.004 - 0.03 * (1 - open), 0.019);
  paint(canvas, lid, { color: mix(pupil, skin, 0.12), thickness: 0.038 });
}

function paintBrow(canvas: Canvas, factors: PortraitFactors, pose: Pose, side: -1 | 1): void {
  const u = side * (eyeOffset + 0.01);
  const color = shadowOf(mix(hairColor(factors.hairColor), [70, 48, 44], 0.3), 0.3);
  const brow = bow(pose.at(u), -0.182, 0.13 * pose.foreshortening(u), 0.035, 0.024);
  paint(canvas, brow, { color, thickness: 0.048 });
}

function paintNose(canvas: Canvas, factors: PortraitFactors, pose: Pose): void {
  const skin = skinColor(factors.skinTone);
  const tip = pose.at(0, 1.28);
  const bridge = pose.at(0, 1.02);
  const shadow = shadowOf(skin, 0.5);
  // The side of the nose that is seen away from the light, or away from the viewer.
  const away = Math.max(-1, Math.min(1, 2 * factors.headTurn - 1.4 * factors.lightDirection));
  paint(canvas, segment(bridge + 0.03 * away, 0.04, tip + 0.035 * away, 0.17, 0.03), {
    color: shadow,
    opacity: 0.5 * Math.abs(away),
    softness: 0.05,
  });
  paint(canvas, ellipse(tip, 0.165, 0.05, 0.042), {
    color: highlightOf(skin, 0.2),
    shadow: skin,
    shade: pose.shade,
    softness: 0.05,
    opacity: 0.8,
  });
  paint(canvas, bow(tip, 0.212, 0.055 * pose.cosine, -0.02, 0.014), {
    color: shadow,
    thickness: 0.028,
    opacity: 0.9,
  });
}

function paintMouth(canvas: Canvas, factors: PortraitFactors, pose: Pose): void {
  const { smile } = factors;
  const skin = skinColor(factors.skinTone);
  const lips = mix(shadowOf(skin, 0.45), [176, 54, 62], 0.55);
  const face = faceShape(pose);
  const stroke = (line: Shape, thickness: number) =>
    paint(canvas, intersection(line, face), { color: lips, thickness });
  const x = pose.at(0, 1.04);
  const y = 0.325 + 0.02 * smile;
  const halfWidth = (0.155 + 0.045 * Math.max(0, smile)) * pose.cosine;
  const sag = -0.09 * smile;
  const open = Math.max(0, smile - 0.15) / 0.85;
  if (open === 0) {
    stroke(bow(x, y - sag * 0.5, halfWidth, sag, 0.024), 0.048);
    return;
  }
  const corner = y + sag * 0.5;
  const upper = 0.02 * open;
  const lower = 0.05 + 0.135 * open;
  const inside = lens(x, corner, halfWidth, upper, lower);
  const teeth = lens(x, corner, halfWidth * 0.94, upper, 0.025 + 0.08 * open);
  paint(canvas, intersection(inside, face), { color: [120, 36, 48] });
  paint(canvas, intersection(teeth, face), {
    color: white,
    shadow: shadowOf(white, 0.25),
    shade: pose.shade,
  });
  stroke(bow(x, corner + lower, halfWidth, -lower, 0.017), 0.034);
  stroke(bow(x, corner + upper, halfWidth * 1.05, -upper - 0.008, 0.016), 0.032);
}
