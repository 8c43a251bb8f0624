import { evenly, type ValueOf } from '../factors/factor-grid';
import type { FactorRanges, FactorValues } from '../factors/factor-source';

/** All that a sprite's picture shows. Nothing else varies. */
export interface SpriteFactors {
  /** 0 square, 1 ellipse, 2 heart: the place in `spriteShapes`. */
  readonly shape: number;
  /** 0.5 half as wide and high .. 1. */
  readonly scale: number;
  /** 0 .. 2 pi, clockwise; both ends look alike. */
  readonly orientation: number;
  /** 0 left .. 1 right. */
  readonly x: number;
  /** 0 top .. 1 bottom. */
  readonly y: number;
}

export type SpriteFactorName = keyof SpriteFactors;

export const spriteShapes = ['square', 'ellipse', 'heart'] as const;

export const fullTurn = 2 * Math.PI;

/** The lowest and the highest value of each factor. */
export const spriteFactorRanges: FactorRanges<SpriteFactors> = {
  shape: [0, 2],
  scale: [0.5, 1],
  orientation: [0, fullTurn],
  x: [0, 1],
  y: [0, 1],
};

/**
 * The values of each factor, those of dSprites: 737,280 combinations. Its 40 orientations include both ends.
 *
 * @see https://github.com/google-deepmind/dsprites-dataset
 */
export const spriteFactorValues: FactorValues<SpriteFactors> = {
  shape: [0, 1, 2],
  scale: evenly(6, 0.5, 1),
  orientation: evenly(40, 0, fullTurn),
  x: evenly(32, 0, 1),
  y: evenly(32, 0, 1),
};

export function spriteFactorsOf(pick: ValueOf<SpriteFactorName>): SpriteFactors {
  return {
    shape: pick('shape'),
    scale: pick('scale'),
    orientation: pick('orientation'),
    x: pick('x'),
    y: pick('y'),
  };
}
