import type { Tint } from './hue';
import type { Vector } from './vector';

/** What is seen along a ray. */
export interface Sight {
  readonly tint: Tint;
  /** How bright the surface is; 1 shows the tint itself. */
  readonly light: number;
  /** The white light that it mirrors, 0 .. 1. */
  readonly gloss: number;
  /** Which surface it is: a sharp edge lies between any two. */
  readonly surface: number;
}

/** What is seen from the eye in a direction of length 1. */
export type Look = (direction: Vector) => Sight;
