import { type RandomStream, seededStream } from '@eigengan/core';
import { principalSubspace, type Subspace, SubspaceLayer, subspaceOf } from '@eigengan/subspace-layer';
import { adam, Trainer, wasserstein, zeroCentred } from '@eigengan/trainer';
import * as tf from '@tensorflow/tfjs-core';
import { type Comparison, compareSubspaces } from './compare-subspaces';
import { drawBatch, normal } from './gaussian-data';
import { linearGenerator, type Orthonormality, quadraticCritic } from './linear-networks';

export interface LinearTraining {
  /** Steps of both networks. */
  readonly steps: number;
  readonly seed: number;
  /** Directions to find. Default 4. */
  readonly rank?: number;
  /** Samples a step. Default 256. */
  readonly batch?: number;
  /** What keeps the basis orthonormal. Default: the layer's regulariser, as in the paper. */
  readonly orthonormality?: Orthonormality;
  /** Called before step 1, then every `reportEvery` steps, and at the end. */
  readonly onReport?: (step: number, comparison: Comparison) => void;
  readonly reportEvery?: number;
}

/**
 * Trains a linear EigenGAN on the samples, adversarially, and compares its moving average with PCA.
 *
 * The setting: with the Wasserstein loss and a zero-centred penalty on the data, the best quadratic critic
 * measures the difference of the two covariances; what a generator of low rank can do about it is best done
 * along the directions of greatest variance.
 */
export async function trainLinear(samples: tf.Tensor2D, options: LinearTraining): Promise<Comparison> {
  const { steps, seed, rank = 4, batch = 256, reportEvery = 500, onReport = () => {} } = options;
  const { model } = linearGenerator(samples.shape[1], rank, seed, options.orthonormality);
  const critic = quadraticCritic(samples.shape[1]);
  // The rate falls to zero: at a constant one the two networks go on circling around the optimum.
  const learningRate = (update: number) => 5e-3 * (1 - update / steps);
  const fading = { learningRate, beta1: 0, beta2: 0.99 };
  const trainer = new Trainer({
    generator: model,
    discriminator: critic,
    latents: (count: number, stream: RandomStream) => [normal(stream, count, rank)],
    loss: wasserstein(),
    penalties: [zeroCentred({ at: 'real', weight: 10 })],
    optimizers: { generator: adam(fading), discriminator: adam(fading) },
    // With the latents that D has just been fitted to, G would shrink by a per cent.
    generatorLatents: 'fresh',
    ema: { decay: 0.999 },
    seed,
  });
  const principal = await principalSubspace(samples, rank);
  const batches = seededStream(seed, 'batches');
  const compare = () => withSubspace(trainer.emaGenerator, (learned) => compareSubspaces(learned, principal));
  try {
    onReport(0, await compare());
    for (let step = 1; step <= steps; step++) {
      const images = drawBatch(samples, batch, batches);
      await trainer.step(images);
      images.dispose();
      if (step % reportEvery === 0 && step < steps) onReport(step, await compare());
    }
    const result = await compare();
    onReport(steps, result);
    return result;
  } finally {
    trainer.dispose();
    model.dispose();
    critic.dispose();
    tf.dispose([principal.basis, principal.importance, principal.origin]);
  }
}

async function withSubspace<T>(model: Trainer['emaGenerator'], use: (subspace: Subspace) => Promise<T>) {
  const layer = model.layers.find((one) => one instanceof SubspaceLayer);
  if (layer === undefined) throw new Error('the generator must have a subspace layer');
  const subspace = subspaceOf(layer);
  try {
    return await use(subspace);
  } finally {
    tf.dispose([subspace.basis, subspace.importance, subspace.origin]);
  }
}
