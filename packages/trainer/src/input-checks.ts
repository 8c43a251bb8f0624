import { argumentError } from '@eigengan/core';
import * as tf from '@tensorflow/tfjs-core';
import type * as tfl from '@tensorflow/tfjs-layers';
import type { Network } from './networks/network';

/**
 * @returns the batch size
 * @throws ArgumentError when the images are not what the discriminator takes
 */
export function assertImages(where: string, images: tf.Tensor, discriminator: tfl.LayersModel): number {
  const wanted = discriminator.inputs[0]?.shape ?? [];
  const rule = `images must be float32 [batch, ${wanted.slice(1).join(', ')}]`;
  if (!(images instanceof tf.Tensor)) {
    const hint = "Of a loader's batch pass its images";
    throw argumentError(where, rule, images, { hint });
  }
  if (images.isDisposed) throw argumentError(where, rule, 'a tensor that was disposed of');
  const [batch = 0] = images.shape;
  if (images.dtype === 'float32' && batch > 0 && fits(images.shape, wanted)) return batch;
  throw argumentError(where, rule, `${images.dtype} [${images.shape.join(', ')}]`);
}

/** @throws ArgumentError, with the latents disposed of, when they are not what the generator takes */
export function assertLatents(latents: tf.Tensor[], generator: tfl.LayersModel, batch: number): void {
  if (!Array.isArray(latents)) {
    tf.dispose(latents);
    throw argumentError('Trainer: latents', 'must return an array of tensors, one an input', latents);
  }
  const wanted = generator.inputs.map(({ shape }) => shape);
  const good =
    latents.length === wanted.length &&
    latents.every(({ shape }, i) => shape[0] === batch && fits(shape, wanted[i] ?? []));
  if (good) return;
  tf.dispose(latents);
  const expected = wanted.map((shape) => list([batch, ...shape.slice(1)])).join(', ');
  const got = latents.map(({ shape }) => list(shape)).join(', ');
  throw argumentError('Trainer: latents', `must return ${expected}`, got);
}

/** @throws ArgumentError when a weight is in both networks */
export function refuseSharedWeights(generator: Network, discriminator: Network): void {
  const own = new Set(generator.weights.map(({ variable }) => variable));
  const shared = discriminator.weights.find(({ variable }) => own.has(variable));
  if (shared === undefined) return;
  throw argumentError('Trainer', 'generator and discriminator must not share weights', shared.role);
}

/** Whether a shape is a model's, the batch aside. */
function fits(shape: readonly number[], wanted: tfl.Shape): boolean {
  return (
    shape.length === wanted.length &&
    wanted.slice(1).every((size, axis) => size === null || size === shape[axis + 1])
  );
}

function list(shape: tfl.Shape): string {
  return `[${shape.join(', ')}]`;
}
