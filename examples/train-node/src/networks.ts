import { createDiscriminator, createGenerator } from '@eigengan/eigengan-model';

/**
 * The two networks for square images of `size` pixels: small enough to learn on a CPU.
 *
 * Two things keep the deepest subspaces alive, which otherwise die in small models: no noise, so that all
 * variety must come through the subspaces, and an importance that falls from the deepest block to the last.
 */
export function createNetworks({ size, channels, seed }: { size: number; channels: number; seed: number }) {
  const blocks = Math.log2(size / 4);
  const width = 0.5;
  const generator = createGenerator({
    size,
    channels,
    width,
    noise: 0,
    ranks: 6,
    importance: Array.from(
      { length: blocks },
      (_, block) => 3 ** (1 - (2 * block) / Math.max(1, blocks - 1)),
    ),
    basis: 'smooth',
    transposedFanIn: 'forward',
    seed,
  });
  const discriminator = createDiscriminator({ size, channels, width, denseWidth: 128, seed });
  return { generator, discriminator };
}
