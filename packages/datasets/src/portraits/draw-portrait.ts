import { assertFactors } from '../factors/assert-factors';
import { type ImageSize, imageSize } from '../image-size';
import { paintBackground, paintCollar, paintShoulders } from './backdrop';
import { createCanvas, toBytes } from './canvas';
import { type PortraitFactors, portraitFactorRanges } from './factors';
import { paintFeatures } from './features';
import { paintGlasses, paintGlassesArms } from './glasses';
import { paintBackHair, paintFrontHair } from './hair';
import { paintEar, paintFace, paintNeck } from './head';
import { poseOf } from './pose';

/**
 * Draws one portrait, with smooth edges at any size. The drawing fits the shorter side; what a longer side
 * adds is wall, or body.
 *
 * The same factors and size give the same bytes in every engine: only +, -, *, / and square roots are used.
 *
 * @param size pixels a side, or [height, width]; at least 8
 * @returns [height, width, 3] bytes, the caller's own
 * @throws ArgumentError for a factor out of its range or a size below 8
 */
export function drawPortrait(factors: PortraitFactors, size: ImageSize): Uint8Array {
  assertFactors('drawPortrait', factors, portraitFactorRanges);
  const [height, width] = imageSize('drawPortrait: size', size);
  return renderPortrait(factors, height, width);
}

/** `drawPortrait` of what is known to be right. */
export function renderPortrait(factors: PortraitFactors, height: number, width: number): Uint8Array {
  const canvas = createCanvas(height, width);
  const pose = poseOf(factors);
  paintBackground(canvas, factors);
  paintBackHair(canvas, factors, pose);
  paintShoulders(canvas, factors, pose);
  paintNeck(canvas, factors, pose);
  paintCollar(canvas, factors, pose);
  paintEar(canvas, factors, pose, -1);
  paintEar(canvas, factors, pose, 1);
  paintFace(canvas, factors, pose);
  // The ear that turns into view comes in front of the face, step by step.
  const near = factors.headTurn > 0 ? -1 : 1;
  paintEar(canvas, factors, pose, near, Math.min(1, 4 * Math.abs(factors.headTurn)));
  paintFeatures(canvas, factors, pose);
  paintGlassesArms(canvas, factors, pose);
  paintFrontHair(canvas, factors, pose);
  paintGlasses(canvas, factors, pose);
  return toBytes(canvas);
}
