import { argumentError } from '@eigengan/core';
import * as tf from '@tensorflow/tfjs-core';
import type * as tfl from '@tensorflow/tfjs-layers';

/** What a generator makes of latents at inference, `[count, ...]`: nothing of it moves, batch statistics included. */
export function generatedImages(generator: tfl.LayersModel, latents: readonly tf.Tensor[]): tf.Tensor {
  const images = generator.predict([...latents]);
  if (images instanceof tf.Tensor) return images;
  throw argumentError('generator', 'must give one tensor', images);
}

/** The variance of a batch's values over its images, as their mean: how much the images differ. */
export function spreadOf(images: tf.Tensor): tf.Scalar {
  return tf.tidy(() => tf.mean(tf.moments(images, 0).variance));
}
