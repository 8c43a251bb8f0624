import type { PortraitFactors } from './factors';
import { type Color, mix } from './palette';

/** Where the head is and how the light falls: what all its parts are placed by. */
export interface Pose {
  readonly centerX: number;
  readonly centerY: number;
  /** Half the width of the face. */
  readonly halfWidth: number;
  /** Sine and cosine of the head's turn. */
  readonly sine: number;
  readonly cosine: number;
  /** The picture's x of a point of the turned head: `u` of its half width to the right, when it looks ahead. */
  at(u: number, radius?: number): number;
  /** How wide the surface at `u` is seen, 1 when straight ahead. */
  foreshortening(u: number): number;
  /** 0 in full light .. 1 in full shadow, on the head. */
  readonly shade: (x: number, y: number) => number;
  /** The same, on what the light falls on from far: neck, shoulders, background. */
  readonly wideShade: (x: number, y: number) => number;
}

/** The tangent of half the greatest turn: 36 degrees. */
const fullTurn = 0.325;

export function poseOf({ headTurn, faceWidth, lightDirection }: PortraitFactors): Pose {
  const t = headTurn * fullTurn;
  const sine = (2 * t) / (1 + t * t);
  const cosine = (1 - t * t) / (1 + t * t);
  const halfWidth = 0.385 + 0.13 * faceWidth;
  const centerX = 0.06 * headTurn;
  const centerY = -0.06;
  const depth = (u: number) => Math.sqrt(1 - u * u);
  return {
    centerX,
    centerY,
    halfWidth,
    sine,
    cosine,
    at: (u, radius = 1) => centerX + halfWidth * radius * (u * cosine + depth(u) * sine),
    foreshortening: (u) => Math.max(0.2, (depth(u) * cosine - u * sine) / depth(u)),
    shade: shadeAround(centerX, centerY, halfWidth, 0.55, lightDirection),
    wideShade: shadeAround(0, 0.6, 0.7, 0.9, lightDirection),
  };
}

/** The soft border between light and shadow on an ellipsoid; light from ahead falls off towards the chin. */
function shadeAround(cx: number, cy: number, rx: number, ry: number, light: number) {
  return (x: number, y: number) => {
    const lit = ((x - cx) / rx) * light - 0.22 * ((y - cy) / ry);
    const t = Math.min(1, Math.max(0, 0.5 - 0.9 * (lit + 0.22)));
    return t * t * (3 - 2 * t);
  };
}

/** The color of a surface in full shadow: darker, and towards a cool violet. */
export function shadowOf(color: Color, strength: number): Color {
  return mix(color, [color[0] * 0.42, color[1] * 0.34, color[2] * 0.46], strength);
}

/** The color of a surface that catches the light. */
export function highlightOf(color: Color, strength: number): Color {
  return mix(color, [255, 244, 226], strength);
}
