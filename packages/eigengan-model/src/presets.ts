import type { DiscriminatorOptions } from './discriminator';
import type { GeneratorOptions } from './generator-options';
import { lightPreset } from './light-preset';

/** Options of a generator and the discriminator that it is trained against. */
export interface Preset {
  readonly generator: GeneratorOptions;
  readonly discriminator: DiscriminatorOptions;
}

export type PresetName = 'paper256' | 'paper128' | 'paper64' | 'light64' | 'light32';

/**
 * Options that belong together, as plain data: change what you like, `{ ...presets.light32.generator, seed }`.
 *
 * `paper...` are the official code's models, `light...` those of `lightPreset`.
 */
export const presets: Readonly<Record<PresetName, Preset>> = {
  paper256: paper(256),
  paper128: paper(128),
  paper64: paper(64),
  light64: lightPreset({ size: 64 }),
  light32: lightPreset({ size: 32 }),
};

function paper(size: number): Preset {
  const shared = { size, channels: 3, width: 4, maxWidth: 512 };
  const blocks = Math.log2(size / 4);
  return {
    generator: { ...shared, ranks: Array.from({ length: blocks }, () => 6), noise: 512 },
    discriminator: { ...shared, denseWidth: 512 },
  };
}
