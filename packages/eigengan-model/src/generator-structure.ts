import { argumentError } from '@eigengan/core';
import type * as tf from '@tensorflow/tfjs-core';
import type * as tfl from '@tensorflow/tfjs-layers';
import { weightsByRole } from './roles';
import type { Extent } from './size';

/** A subspace of a generator. */
export interface SubspaceBlock {
  /** 0 is the deepest. */
  readonly block: number;
  /** Name of its input, `z_<block>`. */
  readonly input: string;
  readonly rank: number;
  /** [height, width] of its feature maps in pixels. */
  readonly resolution: Extent;
  /** Its importance (L), [rank]; the model's own variable. */
  readonly importance: tf.Variable;
}

/**
 * Input name -> width, in the order of the model's inputs: `noise` (if there is one), `z_0`, `z_1`, ...
 *
 * @throws ArgumentError when the model is not a generator of latent vectors
 */
export function latentShapes(generator: tfl.LayersModel): Record<string, number> {
  const shapes: Record<string, number> = {};
  generator.inputs.forEach((input, i) => {
    const [, width] = input.shape;
    const name = generator.inputNames[i] ?? input.name;
    if (input.shape.length !== 2 || typeof width !== 'number') {
      throw argumentError(`latentShapes: ${name}`, 'input must be [batch, width]', input.shape);
    }
    shapes[name] = width;
  });
  return shapes;
}

/**
 * The subspaces of a generator, deepest first.
 *
 * @throws ArgumentError when it has none
 */
export function subspaceBlocks(generator: tfl.LayersModel): SubspaceBlock[] {
  const weights = weightsByRole(generator);
  const blocks: SubspaceBlock[] = [];
  for (const input of generator.inputNames) {
    const block = /^z_(\d+)$/.exec(input)?.[1];
    if (block === undefined) continue;
    const importance = weights.get(`block_${block}/importance`);
    const [, height, width] = generator.getLayer(`block_${block}`).outputShape;
    if (importance === undefined || typeof height !== 'number' || typeof width !== 'number') {
      throw argumentError('generator', `block_${block} must be a subspace of images`, input);
    }
    const [rank = 0] = importance.shape;
    blocks.push({ block: Number(block), input, rank, resolution: [height, width], importance });
  }
  if (blocks.length > 0) return blocks;
  throw argumentError('generator', 'must have an input z_<block>', generator.inputNames);
}
