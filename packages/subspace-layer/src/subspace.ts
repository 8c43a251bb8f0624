import { argumentError } from '@eigengan/core';
import * as tf from '@tensorflow/tfjs-core';
import { assertSubspaceLayer } from './assert-subspace-layer';
import type { SubspaceLayer } from './subspace-layer';

/** A linear subspace `U diag(L) z + mu` as tensors, in the form of a `SubspaceLayer`'s weights. */
export interface Subspace {
  /** U transposed, [rank, units]: orthonormal rows. */
  readonly basis: tf.Tensor2D;
  /** L, [rank]. */
  readonly importance: tf.Tensor1D;
  /** mu, [units]. */
  readonly origin: tf.Tensor1D;
}

/** The subspace a layer spans now, with its effective basis, as new tensors that the caller disposes. */
export function subspaceOf(layer: SubspaceLayer): Subspace {
  assertSubspaceLayer('subspaceOf: layer', layer);
  return tf.tidy(() => ({
    basis: layer.effectiveBasis(),
    importance: tf.reshape<tf.Rank.R1>(layer.importance.read(), [-1]),
    origin: tf.reshape<tf.Rank.R1>(layer.origin.read(), [layer.units]),
  }));
}

/**
 * Puts a subspace, e.g. that of `principalSubspace`, into a layer. Copies: the tensors stay the caller's.
 * A layer with a constraint puts the basis through it, as `setWeights` does.
 *
 * @throws ArgumentError when a shape is not that of the layer's weight
 */
export function setSubspace(layer: SubspaceLayer, subspace: Subspace): void {
  assertSubspaceLayer('setSubspace: layer', layer);
  for (const name of ['basis', 'importance', 'origin'] as const) {
    const { shape } = layer[name];
    if (!tf.util.arraysEqual(shape.map(Number), subspace[name].shape)) {
      throw argumentError(
        `setSubspace: ${name}`,
        `must be [${shape.join(', ')}] for ${layer.name}`,
        subspace[name].shape,
      );
    }
  }
  // A constraint's result is assigned without being disposed; the tidy does it.
  tf.tidy(() => layer.setWeights([subspace.basis, subspace.importance, subspace.origin]));
}
