import type { DiscriminatorOptions } from './discriminator';
import type { GeneratorOptions } from './generator-options';

/** Options of a generator and the discriminator that it is trained against. */
export interface Preset {
  readonly generator: GeneratorOptions;
  readonly discriminator: DiscriminatorOptions;
}

export type PresetName = 'paper256' | 'paper128' | 'paper64' | 'light32';

/**
 * Options that belong together, as plain data: change what you like, `{ ...presets.light32.generator, seed }`.
 *
 * `paper...` are the official code's models. `light32` trains on a CPU: an eighth of the width, no noise
 * (what the noise is in the paper, a second way to the picture, dies together with the deepest subspace in
 * small models), importance three times the official at the deepest block and a third at the last, and bases
 * that start smooth, so that the pictures are not grainy at first.
 */
export const presets: Readonly<Record<PresetName, Preset>> = {
  paper256: paper(256),
  paper128: paper(128),
  paper64: paper(64),
  light32: {
    generator: {
      size: 32,
      channels: 3,
      width: 0.5,
      ranks: [6, 6, 6],
      importance: [3, 1, 1 / 3],
      noise: 0,
      basis: 'smooth',
    },
    discriminator: { size: 32, channels: 3, width: 0.5, denseWidth: 128 },
  },
};

function paper(size: number): Preset {
  const shared = { size, channels: 3, width: 4, maxWidth: 512 };
  const blocks = Math.log2(size / 4);
  return {
    generator: { ...shared, ranks: Array.from({ length: blocks }, () => 6), noise: 512 },
    discriminator: { ...shared, denseWidth: 512 },
  };
}
