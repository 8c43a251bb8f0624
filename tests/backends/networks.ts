import { seededStream } from '@eigengan/core';
import {
  createDiscriminator,
  createGenerator,
  type GeneratorOptions,
  sampleLatents,
  weightsByRole,
} from '@eigengan/eigengan-model';
import { nonSaturating, oneCentred, type PenaltyTerm, zeroCentred } from '@eigengan/trainer';
import * as tf from '@tensorflow/tfjs-core';
import type * as tfl from '@tensorflow/tfjs-layers';
import { type Computation, read } from './computation';
import { normals } from './numbers';

interface Extent extends Pick<GeneratorOptions, 'size' | 'base' | 'orthonormality'> {
  readonly name: string;
  readonly batch: number;
  readonly width: number;
  readonly costly?: Computation['costly'];
}

/** Small, for the sake of `cpu`; with a base of 3 x 5 the feature maps are of 3 x 5, 6 x 10 and 12 x 20. */
const extents: readonly Extent[] = [
  { name: '16 x 16, batch 1', size: 16, batch: 1, width: 1 / 16, costly: 'Node' },
  ...[16, 17, 33].map((batch) => ({
    name: `8 x 8, batch ${batch}`,
    size: 8,
    batch,
    width: 1 / 32,
    costly: batch === 17 ? ('Node' as const) : true,
  })),
  {
    name: '12 x 20, batch 3, Gram-Schmidt',
    size: [12, 20],
    base: [3, 5],
    batch: 3,
    width: 1 / 32,
    orthonormality: 'gram-schmidt',
  },
];

const penalties: Readonly<Record<string, () => PenaltyTerm>> = {
  R1: () => zeroCentred({ at: 'real' }),
  'WGAN-GP': () => oneCentred({ at: 'line' }),
};

interface Networks {
  readonly generator: tfl.LayersModel;
  readonly discriminator: tfl.LayersModel;
  readonly real: tf.Tensor;
  readonly latents: tf.Tensor[];
}

/** Images, logits and hidden layers of a generator and a discriminator as the model package makes them. */
export const forwardPasses: readonly Computation[] = extents.map((extent) => ({
  name: `generator and discriminator, ${extent.name}`,
  costly: extent.costly,
  compute: () =>
    withNetworks(extent, ({ generator, discriminator, real, latents }) => {
      const images = output(generator, latents);
      return { images, fake: output(discriminator, [images]), real: output(discriminator, [real]) };
    }),
}));

/** The gradients of both networks' losses in their weights, and of the discriminator in the images. */
export const lossGradients: readonly Computation[] = extents.map((extent) => ({
  name: `the gradients of the losses of generator and discriminator, ${extent.name}`,
  costly: extent.costly,
  compute: () =>
    withNetworks(extent, ({ generator, discriminator, real, latents }) => {
      const fake = output(generator, latents);
      const loss = nonSaturating();
      const generatorLoss = () =>
        generator
          .calculateLosses()
          .reduce<tf.Tensor>(
            (sum, regularization) => tf.add(sum, regularization),
            loss.generator(output(discriminator, [output(generator, latents)])),
          );
      const discriminatorLoss = () => {
        const parts = loss.discriminator(output(discriminator, [real]), output(discriminator, [fake]));
        return tf.add(parts.real, parts.fake);
      };
      return {
        ...weightGradients(generator, generatorLoss),
        ...weightGradients(discriminator, discriminatorLoss),
        images: tf.grad((images) => tf.sum(output(discriminator, [images])))(real),
      };
    }),
}));

/** Second order: the gradients of the gradient penalties in the discriminator's weights. */
export const penaltyGradients: readonly Computation[] = extents.flatMap((extent) =>
  Object.entries(penalties).map(([name, penalty]) => ({
    name: `the gradients of ${name}, ${extent.name}`,
    costly: extent.costly,
    compute: () =>
      withNetworks(extent, ({ generator, discriminator, real, latents }) => {
        const fake = output(generator, latents);
        return weightGradients(discriminator, () =>
          penalty().evaluate({
            real,
            fake,
            part: { offset: 0, length: extent.batch, of: extent.batch },
            discriminate: (images) => output(discriminator, [images]),
            random: seededStream(0, 'alpha'),
            step: 0,
          }),
        );
      }),
  })),
);

async function withNetworks(
  { name, batch, orthonormality, costly: _, ...grid }: Extent,
  compute: (networks: Networks) => Record<string, tf.Tensor>,
) {
  const generator = createGenerator({ ...grid, ranks: 3, noise: 8, orthonormality, seed: 1 });
  const discriminator = createDiscriminator({ ...grid, denseWidth: 16, seed: 1 });
  try {
    return await read(() =>
      compute({
        generator,
        discriminator,
        real: tf.tanh(normals('real', [batch, ...imageShape(discriminator)])),
        latents: sampleLatents(generator, batch, seededStream(1, name)),
      }),
    );
  } finally {
    generator.dispose();
    discriminator.dispose();
  }
}

function imageShape({ inputs }: tfl.LayersModel): number[] {
  return (inputs[0]?.shape ?? []).slice(1).map(Number);
}

function output(model: tfl.LayersModel, inputs: tf.Tensor[]): tf.Tensor {
  const result = model.apply(inputs, { training: true });
  if (result instanceof tf.Tensor) return result;
  throw new Error(`${model.name} must have one output`);
}

/** By role. A weight that the loss does not depend on has none. */
function weightGradients(model: tfl.LayersModel, loss: () => tf.Tensor): Record<string, tf.Tensor> {
  const weights = [...weightsByRole(model)];
  const { grads } = tf.variableGrads(
    () => tf.reshape<tf.Rank.R0>(loss(), []),
    weights.map(([, variable]) => variable),
  );
  return Object.fromEntries(
    weights.flatMap(([role, { name }]) => {
      const gradient = grads[name];
      return gradient === undefined ? [] : [[`${model.name}/${role}`, gradient]];
    }),
  );
}
