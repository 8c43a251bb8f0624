import { createDiscriminator, createGenerator } from '@eigengan/eigengan-model';

/**
 * The two networks for square pictures of `size` pixels, those of the example `train-node`: small, without
 * noise and with an importance that falls from the deepest block to the last, which keeps the deepest
 * subspaces alive.
 */
export function createNetworks(size: number, seed: number) {
  const blocks = Math.log2(size / 4);
  const width = 0.5;
  const generator = createGenerator({
    size,
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
  const discriminator = createDiscriminator({ size, width, denseWidth: 128, seed });
  return { generator, discriminator };
}
