import { argumentError, assertFields, assertInteger, seededStream } from '@eigengan/core';
import { assertFactors } from '../factors/assert-factors';
import { type FactorSource, factorSource } from '../factors/factor-source';
import { type ImageSize, imageSize } from '../image-size';
import { renderPortrait } from './draw-portrait';
import { drawFactors, type PortraitFactors, portraitFactorRanges, portraitFactorValues } from './factors';

export interface PortraitsOptions {
  /** Pixels a side, or [height, width]; at least 8. */
  readonly size: ImageSize;
  /** How many portraits; 20,000 by default. */
  readonly length?: number | undefined;
  /** Which portraits; 0 by default. */
  readonly seed?: number | undefined;
}

/** Portraits, each with the factors it was drawn from, which depend on the seed and the index alone. */
export type PortraitSource = FactorSource<PortraitFactors>;

/**
 * Cartoon portraits, drawn when read: [height, width, 3]. Nothing is stored, so the length is free.
 *
 * @throws ArgumentError for a size below 8, a length below 1, a seed that is not an integer from 0, or an unknown
 *   option
 */
export function portraits(options: PortraitsOptions): PortraitSource {
  if (typeof options !== 'object' || options === null) {
    throw argumentError('portraits', 'needs options with a size, e.g. { size: 32 }', options);
  }
  assertFields('portraits', options, ['size', 'length', 'seed']);
  const { size, length = 20_000, seed = 0 } = options;
  const [height, width] = imageSize('portraits: size', size);
  assertInteger('portraits: length', length, { min: 1, max: 0xffffffff });
  assertInteger('portraits: seed', seed, { min: 0 });
  return factorSource({
    name: 'portraits',
    length,
    shape: [height, width, 3],
    ranges: portraitFactorRanges,
    values: portraitFactorValues,
    factorsAt: (index) => drawFactors(seededStream(seed, `portraits/${index}`)),
    assert: (where, factors) => assertFactors(where, factors, portraitFactorRanges),
    render: renderPortrait,
  });
}
