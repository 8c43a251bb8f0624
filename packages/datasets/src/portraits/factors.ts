import { argumentError, assertFinite, type RandomStream } from '@eigengan/core';

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
export const portraitFactorRanges: Readonly<Record<PortraitFactorName, readonly [min: number, max: number]>> =
  {
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

/** @throws ArgumentError when a factor is missing, unknown, not finite or out of its range */
export function assertFactors(where: string, factors: PortraitFactors): void {
  if (typeof factors !== 'object' || factors === null) {
    throw argumentError(where, 'factors must be an object of the ten factors', factors);
  }
  for (const [name, [min, max]] of Object.entries(portraitFactorRanges)) {
    assertFinite(`${where}: factors.${name}`, Reflect.get(factors, name), { min, max });
  }
  for (const name of Object.keys(factors)) {
    if (!(name in portraitFactorRanges)) {
      throw argumentError(where, `factors are ${Object.keys(portraitFactorRanges).join(', ')}`, name);
    }
  }
}
