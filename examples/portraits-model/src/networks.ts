import { createDiscriminator, createGenerator } from '@eigengan/eigengan-model';

/**
 * The networks of the bundled model. The generator begins at 8 x 8: three blocks, whose subspaces stay alive
 * with falling importances and no noise; a fourth one at 4 x 4 died in every try.
 */
export function createNetworks() {
  const generator = createGenerator({
    size: 64,
    base: 8,
    width: 0.4,
    noise: 0,
    ranks: 6,
    importance: [3, 1, 1 / 3],
    basis: 'smooth',
    transposedFanIn: 'forward',
    seed: 1,
  });
  const discriminator = createDiscriminator({ size: 64, width: 0.5, denseWidth: 128, seed: 1 });
  return { generator, discriminator };
}
