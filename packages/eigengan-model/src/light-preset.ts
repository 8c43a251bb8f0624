import { assertFields } from '@eigengan/core';
import type { GeneratorOptions } from './generator-options';
import type { Preset } from './presets';
import { resolveGrid } from './size';

/** What both networks are made for. */
export type LightOptions = Pick<GeneratorOptions, 'size' | 'base' | 'channels' | 'width' | 'seed'>;

const optionNames: Readonly<Record<keyof LightOptions, true>> = {
  size: true,
  base: true,
  channels: true,
  width: true,
  seed: true,
};

/**
 * Networks that train on a CPU: an eighth of the paper's width (`width` 0.5), no noise (what the noise is in the
 * paper, a second way to the picture, dies together with the deepest subspace in small models), importance three
 * times the official at the deepest block, falling to a third at the last, and bases that start smooth, so that
 * the pictures are not grainy at first.
 *
 * @param options as those of `createGenerator`, for both networks
 * @throws ArgumentError when `size` is not `base * 2^n`
 */
export function lightPreset(options: LightOptions): Preset {
  assertFields('lightPreset', options, Object.keys(optionNames));
  const { steps } = resolveGrid('lightPreset', options.size, options.base);
  const shared = { channels: 3, width: 0.5, ...options };
  const importance = Array.from(
    { length: steps },
    (_, block) => 3 ** (1 - (2 * block) / Math.max(1, steps - 1)),
  );
  return {
    generator: {
      ...shared,
      ranks: importance.map(() => 6),
      importance,
      noise: 0,
      basis: 'smooth',
      transposedFanIn: 'forward',
    },
    discriminator: { ...shared, denseWidth: 128 },
  };
}
