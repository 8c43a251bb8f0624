import type * as tf from '@tensorflow/tfjs-core';
import type * as tfl from '@tensorflow/tfjs-layers';
import { subspaceBlocks } from './generator-structure';
import { weightsByRole } from './roles';
import type { Extent } from './size';

/** One block's subspace, `phi = U diag(L) z + mu`. The variables are the model's own: do not dispose of them. */
export interface Subspace {
  /** 0 is the deepest. */
  readonly block: number;
  /** [height, width] of its feature maps in pixels. */
  readonly resolution: Extent;
  /** How many features a pixel of them has. */
  readonly features: number;
  /** U, a basis vector a row: [rank, height * width * features]. */
  readonly basis: tf.Variable;
  /** L, [rank]. */
  readonly importance: tf.Variable;
  /** mu, [height * width * features]. */
  readonly origin: tf.Variable;
}

/**
 * The subspaces of a generator, deepest first: for their Gram matrices, and their basis as images (reshape it to
 * `[rank, height, width, features]`).
 *
 * @throws ArgumentError when it has none
 */
export function subspaces(generator: tfl.LayersModel): Subspace[] {
  const weights = weightsByRole(generator);
  return subspaceBlocks(generator).flatMap(({ block, resolution, importance }) => {
    const [basis, origin] = [weights.get(`block_${block}/basis`), weights.get(`block_${block}/origin`)];
    if (basis === undefined || origin === undefined) return [];
    const features = origin.size / (resolution[0] * resolution[1]);
    return [{ block, resolution, features, basis, importance, origin }];
  });
}
