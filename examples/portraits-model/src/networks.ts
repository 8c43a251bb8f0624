import { createDiscriminator, createGenerator, lightPreset } from '@eigengan/eigengan-model';

/**
 * The networks of the bundled model. The generator begins at 8 x 8: three blocks, whose subspaces stay alive; a
 * fourth one at 4 x 4 died in every try.
 */
export function createNetworks() {
  const images = { size: 64, seed: 1 };
  const generator = createGenerator(lightPreset({ ...images, base: 8, width: 0.4 }).generator);
  const discriminator = createDiscriminator(lightPreset(images).discriminator);
  return { generator, discriminator };
}
