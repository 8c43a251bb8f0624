import { seededStream } from '@eigengan/core';
import type * as tf from '@tensorflow/tfjs-core';
import type { Part } from '../phases/part';
import type { AugmentationState } from './augmentation';

/**
 * What D sees of images in one step.
 *
 * @param pass each has parameters of its own, e.g. `real`; the same pass of the same step has the same ones
 * @param part which images of the batch these are; all of them several times over where there are more
 */
export type Augment = (images: tf.Tensor, part: Part, pass: string) => tf.Tensor;

/**
 * The parameters of an image are drawn from the stream (seed, `augment/<step>/<pass>/<place in the batch>`):
 * nothing to save, and micro-batches, or the shards of several processes, see what the whole batch would.
 */
export function stepAugmentation(state: AugmentationState | null, seed: number, step: number): Augment {
  if (state === null) return (images) => images;
  return (images, { offset, length, of }, pass) => {
    const placeOf = (image: number) => Math.floor(image / length) * of + offset + (image % length);
    return state.apply(images, (image) => seededStream(seed, `augment/${step}/${pass}/${placeOf(image)}`));
  };
}
