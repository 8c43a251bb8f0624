import { argumentError } from '@eigengan/core';
import type * as tf from '@tensorflow/tfjs-core';
import type * as tfl from '@tensorflow/tfjs-layers';
import { weightsByRole } from './roles';
import type { Extent } from './size';

/** One block's subspace, `phi = U diag(L) z + mu`. The variables are the model's own: do not dispose of them. */
export interface Subspace {
  /** 0 is the deepest. */
  readonly block: number;
  /** Name of the generator's input that holds its z, `z_<block>`. */
  readonly input: string;
  /** How many coordinates z has. */
  readonly rank: number;
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
 * @throws ArgumentError when it has none, or an input `z_<block>` is not that of a subspace of images
 */
export function subspaces(generator: tfl.LayersModel): Subspace[] {
  const weights = weightsByRole(generator);
  const found: Subspace[] = [];
  for (const input of generator.inputNames) {
    const name = /^z_(\d+)$/.exec(input)?.[1];
    if (name === undefined) continue;
    const [basis, importance, origin] = ['basis', 'importance', 'origin'].map((role) =>
      weights.get(`block_${name}/${role}`),
    );
    const [, height, width, features] = generator.getLayer(`block_${name}`).outputShape.map(Number);
    if (!basis || !importance || !origin || !height || !width || !features) {
      throw argumentError('generator', `block_${name} must be a subspace of images`, input);
    }
    const [block, rank] = [Number(name), importance.size];
    found.push({ block, input, rank, resolution: [height, width], features, basis, importance, origin });
  }
  if (found.length > 0) return found;
  throw argumentError('generator', 'must have an input z_<block>', generator.inputNames);
}
