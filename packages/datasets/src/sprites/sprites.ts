import type { FactorSource } from '../factors/factor-source';
import { type GridSourceOptions, gridSource } from '../factors/grid-source';
import { renderSprite } from './draw-sprite';
import { type SpriteFactors, spriteFactorRanges, spriteFactorsOf, spriteFactorValues } from './factors';

export type SpritesOptions = GridSourceOptions;

/** Sprites, each with the factors it was drawn from. */
export type SpriteSource = FactorSource<SpriteFactors>;

/**
 * White squares, ellipses and hearts on black, with the factors of dSprites, drawn when read: [height, width, 1].
 *
 * @see https://github.com/google-deepmind/dsprites-dataset
 * @throws ArgumentError for options that are unknown, out of range, or without meaning in the grid's order
 */
export function sprites(options: SpritesOptions): SpriteSource {
  return gridSource(
    {
      name: 'sprites',
      channels: 1,
      ranges: spriteFactorRanges,
      values: spriteFactorValues,
      whole: ['shape'],
      compose: spriteFactorsOf,
      render: renderSprite,
    },
    options,
  );
}
