import type { RandomStream } from '@eigengan/core';
import { type Affine, afterAffine, moved, quarterTurned, scaled, turned, unmoved } from './affine';
import {
  afterColours,
  brightened,
  type ColourMap,
  contrasted,
  hueTurned,
  lumaFlipped,
  sameColours,
  saturated,
} from './colour-matrix';

/** What ADA may do to an image, in its order; the README says how strongly. */
export const adaptiveTransforms = [
  'flip',
  'quarterTurn',
  'translation',
  'scale',
  'rotation',
  'anisotropicScale',
  'fractionalTranslation',
  'brightness',
  'contrast',
  'lumaFlip',
  'hue',
  'saturation',
] as const;

export type AdaptiveTransform = (typeof adaptiveTransforms)[number];

/** Height and width in pixels. */
interface Sides {
  readonly height: number;
  readonly width: number;
}

/** A transform with random strength, done with the probability `chance(p)`, which is p unless given. */
interface Step<Change> {
  readonly name: AdaptiveTransform;
  readonly chance?: (p: number) => number;
  readonly draw: (stream: RandomStream, sides: Sides) => Change;
}

/** Half before and half after the anisotropic scale: done at all with probability p. */
const rotation: Step<Affine> = {
  name: 'rotation',
  chance: (p) => 1 - Math.sqrt(1 - p),
  draw: (stream) => turned(Math.PI * symmetric(stream)),
};

const moves: readonly Step<Affine>[] = [
  { name: 'flip', draw: (stream) => scaled(1 - 2 * stream.integer(2), 1) },
  { name: 'quarterTurn', draw: (stream) => quarterTurned(stream.integer(4)) },
  {
    name: 'translation',
    draw: (stream, { height, width }) =>
      moved(Math.round(width * symmetric(stream) * 0.125), Math.round(height * symmetric(stream) * 0.125)),
  },
  {
    name: 'scale',
    draw: (stream) => {
      const factor = 2 ** (0.2 * stream.normal());
      return scaled(factor, factor);
    },
  },
  rotation,
  {
    name: 'anisotropicScale',
    draw: (stream) => {
      const factor = 2 ** (0.2 * stream.normal());
      return scaled(factor, 1 / factor);
    },
  },
  rotation,
  {
    name: 'fractionalTranslation',
    draw: (stream, { height, width }) =>
      moved(width * 0.125 * stream.normal(), height * 0.125 * stream.normal()),
  },
];

const colourings: readonly Step<ColourMap>[] = [
  { name: 'brightness', draw: (stream) => brightened(0.2 * stream.normal()) },
  { name: 'contrast', draw: (stream) => contrasted(2 ** (0.5 * stream.normal())) },
  { name: 'lumaFlip', draw: (stream) => (stream.integer(2) === 1 ? lumaFlipped : sameColours) },
  { name: 'hue', draw: (stream) => hueTurned(Math.PI * symmetric(stream)) },
  { name: 'saturation', draw: (stream) => saturated(2 ** stream.normal()) },
];

/** What happens to one image. */
export interface DrawnTransforms {
  readonly move: Affine;
  readonly colours: ColourMap;
}

/**
 * Draws what happens to an image when each transform has the probability `p`. Every transform takes its
 * numbers from the stream whether it is done, or chosen, or not.
 */
export function drawTransforms(
  stream: RandomStream,
  { p, chosen, sides }: { p: number; chosen: readonly AdaptiveTransform[]; sides: Sides },
): DrawnTransforms {
  const happening = <Change>(steps: readonly Step<Change>[]) =>
    steps.flatMap(({ name, chance, draw }) => {
      const change = draw(stream, sides);
      const happens = stream.uniform() < (chance?.(p) ?? p);
      return happens && chosen.includes(name) ? [change] : [];
    });
  return {
    move: happening(moves).reduce(afterAffine, unmoved),
    colours: happening(colourings).reduce(afterColours, sameColours),
  };
}

/** Uniform in [-1, 1). */
function symmetric(stream: RandomStream): number {
  return 2 * stream.uniform() - 1;
}
