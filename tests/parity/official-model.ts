import type { TensorRecord } from '@eigengan/core';
import { createDiscriminator, createGenerator, loadOfficialWeights } from '@eigengan/eigengan-model';
import {
  clippedHinge,
  type DivergenceName,
  fDivergence,
  type GradientPenaltyOptions,
  hinge,
  leastSquares,
  lipschitz,
  nonSaturating,
  oneCentred,
  type PenaltyTerm,
  type SeparableLoss,
  wasserstein,
  zeroCentred,
} from '@eigengan/trainer';
import * as tf from '@tensorflow/tfjs-core';
import type { OfficialCase } from './official-case';

/** The networks of a case, with its weights. */
export function officialNetworks({ numbers, tensors }: OfficialCase) {
  const { size, z_dims, eps_dim, dim_10, channels, fc_dim, gram_schmidt_in_forward, training } = numbers;
  const generator = createGenerator({
    size,
    channels,
    ranks: z_dims,
    noise: eps_dim,
    width: dim_10,
    ...(gram_schmidt_in_forward
      ? { orthonormality: 'gram-schmidt' }
      : { orthonormality: 'regularizer', orthonormalityStrength: training.orthogonality_weight }),
  });
  const discriminator = createDiscriminator({ size, channels, width: dim_10, denseWidth: fc_dim });
  loadOfficialWeights(generator, discriminator, tensors('weights/'));
  return { generator, discriminator };
}

const fGan: Readonly<Record<string, DivergenceName>> = {
  KL: 'kl',
  'Reverse-KL': 'reverseKl',
  'Pearson-X2': 'pearson',
  'Squared-Hellinger': 'squaredHellinger',
  JS: 'jensenShannon',
  GAN: 'gan',
};

/** The loss that the official code calls so. */
export function officialLoss(
  name: string,
  generatorObjective: 'practical' | 'theoretical' = 'practical',
): SeparableLoss {
  const divergence = fGan[name.replace('fgan_', '')];
  if (name.startsWith('fgan_') && divergence !== undefined)
    return fDivergence({ divergence, generatorObjective });
  const losses = {
    gan: nonSaturating,
    hinge_v1: clippedHinge,
    hinge_v2: hinge,
    lsgan: leastSquares,
    wgan: wasserstein,
  };
  const found = Object.entries(losses).find(([key]) => key === name)?.[1];
  if (found === undefined) throw new Error(`no loss is called ${name}`);
  return found();
}

/** The penalty that the official code calls so; `alpha` is for the line, elsewhere left out. */
export function officialPenalty(name: string, { alpha, ...options }: GradientPenaltyOptions): PenaltyTerm {
  const penalties = { '0-gp': zeroCentred, '1-gp': oneCentred, lp: lipschitz };
  const found = Object.entries(penalties).find(([key]) => key === name)?.[1];
  if (found === undefined) throw new Error(`no penalty is called ${name}`);
  return found(options.at === 'line' ? { ...options, alpha } : options);
}

/** A record as a tensor. The caller disposes of it. */
export function toTensor({ data, shape }: TensorRecord): tf.Tensor {
  return tf.tensor(Float32Array.from(data), [...shape], 'float32');
}
