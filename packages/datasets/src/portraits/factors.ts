import type { RandomStream } from '@eigengan/core';
import { evenly, tenHues } from '../factors/factor-grid';
import type { FactorRanges, FactorValues } from '../factors/factor-source';

/** All that a portrait shows. Nothing else varies. */
export interface PortraitFactors {
  /** -1 to the picture's left .. 1 to its right. */
  readonly headTurn: number;
  /** 0 narrow .. 1 wide. */
  readonly faceWidth: number;
  /** -1 sad .. 1 laughing. */
  readonly smile: number;
  /** 0 closed .. 1 wide open. */
  readonly eyeOpening: number;
  /** 0 without, 1 with; what lies between is drawn translucent. */
  readonly glasses: number;
  /** 0 cropped .. 1 below the shoulders. */
  readonly hairLength: number;
  /** 0 black, brown, auburn, ginger, blond .. 1 silver blond. */
  readonly hairColor: number;
  /** 0 deep .. 1 fair. */
  readonly skinTone: number;
  /** A circle: 0 red, yellow, green, blue, violet, 1 red again. */
  readonly backgroundHue: number;
  /** -1 light from the picture's left .. 1 from its right. */
  readonly lightDirection: number;
}

export type PortraitFactorName = keyof PortraitFactors;

/** The lowest and the highest value of each factor. */
export const portraitFactorRanges: FactorRanges<PortraitFactors> = {
  headTurn: [-1, 1],
  faceWidth: [0, 1],
  smile: [-1, 1],
  eyeOpening: [0, 1],
  glasses: [0, 1],
  hairLength: [0, 1],
  hairColor: [0, 1],
  skinTone: [0, 1],
  backgroundHue: [0, 1],
  lightDirection: [-1, 1],
};

const signed = evenly(11, -1, 1);
const unsigned = evenly(11, 0, 1);

/** Both values of glasses, and some of each other factor, which takes all between. */
export const portraitFactorValues: FactorValues<PortraitFactors> = {
  headTurn: signed,
  faceWidth: unsigned,
  smile: signed,
  eyeOpening: unsigned,
  glasses: [0, 1],
  hairLength: unsigned,
  hairColor: unsigned,
  skinTone: unsigned,
  backgroundHue: tenHues,
  lightDirection: signed,
};

/** How many of the portraits wear glasses. */
const glassesShare = 0.35;

/** Draws one portrait's factors: each uniform on its range, glasses 1 with probability 0.35, else 0. */
export function drawFactors(stream: RandomStream): PortraitFactors {
  const draw = (name: PortraitFactorName) => {
    const [min, max] = portraitFactorRanges[name];
    return min + (max - min) * stream.uniform();
  };
  return {
    headTurn: draw('headTurn'),
    faceWidth: draw('faceWidth'),
    smile: draw('smile'),
    eyeOpening: draw('eyeOpening'),
    glasses: stream.uniform() < glassesShare ? 1 : 0,
    hairLength: draw('hairLength'),
    hairColor: draw('hairColor'),
    skinTone: draw('skinTone'),
    backgroundHue: draw('backgroundHue'),
    lightDirection: draw('lightDirection'),
  };
}
