import { centered, type Polygon } from '../drawing/polygon';
import { turn } from '../drawing/turn';

/** Half the square's side at scale 1, in parts of the picture's side: its corners stay inside wherever it is. */
export const halfSquare = 0.17;
/** The ellipse's half axes at scale 1. */
export const ellipseAxes = [0.22, 0.11] as const;
/** The side of the square that the heart's two half circles sit on, at scale 1. */
export const heartSide = 0.23;

/** So many corners stand for a full circle; its area is then 0.04 % too small. */
const circleCorners = 128;

const square: Polygon = [
  -halfSquare,
  -halfSquare,
  halfSquare,
  -halfSquare,
  halfSquare,
  halfSquare,
  -halfSquare,
  halfSquare,
];

const ellipse = arc(0, 0, ellipseAxes[0], ellipseAxes[1], 0, 1);

/** A square on its corner with a half circle on each of its upper sides. */
function heart(): Polygon {
  const radius = heartSide / 2;
  // From the square's middle to that of a side, along x or y.
  const offset = radius * Math.sqrt(0.5);
  const tip = 2 * offset;
  return [
    0,
    tip,
    ...arc(-offset, -offset, radius, radius, 3 / 8, 7 / 8),
    ...arc(offset, -offset, radius, radius, 5 / 8, 9 / 8),
    tip,
    0,
  ];
}

/** What the shape factor's numbers stand for, at scale 1 around (0, 0). */
export const outlines: readonly Polygon[] = [square, ellipse, centered(heart())];

/** Corners on an ellipse's arc, clockwise from one angle to the other, in turns from the right. */
function arc(cx: number, cy: number, rx: number, ry: number, from: number, to: number): number[] {
  const steps = Math.floor((to - from) * circleCorners + 0.5);
  return Array.from({ length: steps }, (_, i) => {
    const [sine, cosine] = turn(from + ((to - from) * i) / steps);
    return [cx + rx * cosine, cy + ry * sine];
  }).flat();
}
