import { argumentError } from '@eigengan/core';
import * as tf from '@tensorflow/tfjs-core';

/**
 * `sum_j z_j images_j + images_rank`: what a `SubspaceLayer` with output `'images'` gives, or any linear map
 * of it without bias, joined with the coordinates.
 *
 * @param z [batch, rank]
 * @param images [rank + 1, ...shape]: one image per coordinate, then the origin
 * @returns [batch, ...shape], which the caller disposes
 * @throws ArgumentError when the shapes do not fit together
 */
export function combineImages(z: tf.Tensor, images: tf.Tensor): tf.Tensor {
  const [batch, rank] = z.shape;
  const [count, ...shape] = images.shape;
  if (z.rank !== 2 || batch === undefined || rank === undefined) {
    throw argumentError('combineImages: z', 'must be [batch, rank]', z.shape);
  }
  if (count !== rank + 1) {
    throw argumentError('combineImages: images', `must have rank + 1 = ${rank + 1} rows`, images.shape);
  }
  return tf.tidy(() => {
    // A column of ones for the origin: one product does it all.
    const weights = tf.concat([tf.reshape<tf.Rank.R2>(z, [batch, rank]), tf.ones<tf.Rank.R2>([batch, 1])], 1);
    const flat = tf.reshape(images, [count, tf.util.sizeFromShape(shape)]);
    return tf.reshape(tf.matMul(weights, flat), [batch, ...shape]);
  });
}
