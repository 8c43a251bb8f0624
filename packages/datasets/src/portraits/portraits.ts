import { argumentError, assertInteger, type ImageSource, seededStream } from '@eigengan/core';
import { type ImageSize, imageSize } from '../image-size';
import { renderPortrait } from './draw-portrait';
import { drawFactors, type PortraitFactors } from './factors';

export interface PortraitsOptions {
  /** Pixels a side, or [height, width]; at least 8. */
  readonly size: ImageSize;
  /** How many portraits; 20,000 by default. */
  readonly length?: number | undefined;
  /** Which portraits; 0 by default. */
  readonly seed?: number | undefined;
}

/** Portraits, each with the factors it was drawn from. */
export interface PortraitSource extends ImageSource {
  read(index: number): Uint8Array;
  /** What portrait `index` shows; depends on the seed and the index alone, not on size or length. */
  factors(index: number): PortraitFactors;
}

/**
 * Cartoon portraits, drawn when read: [height, width, 3]. Nothing is stored, so the length is free.
 *
 * @throws ArgumentError for a size below 8, a length below 1, or a seed that is not an integer from 0
 */
export function portraits(options: PortraitsOptions): PortraitSource {
  if (typeof options !== 'object' || options === null) {
    throw argumentError('portraits', 'needs options with a size, e.g. { size: 32 }', options);
  }
  const { size, length = 20_000, seed = 0 } = options;
  const [height, width] = imageSize('portraits: size', size);
  assertInteger('portraits: length', length, { min: 1, max: 0xffffffff });
  assertInteger('portraits: seed', seed, { min: 0 });
  const factors = (index: number) => {
    assertInteger('portraits: index', index, { min: 0, max: length - 1 });
    return drawFactors(seededStream(seed, `portraits/${index}`));
  };
  return {
    length,
    shape: [height, width, 3],
    factors,
    read: (index) => renderPortrait(factors(index), height, width),
  };
}
