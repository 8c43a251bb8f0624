import { argumentError, type Loader } from '@eigengan/core';
import * as tf from '@tensorflow/tfjs-core';
import type { Dataset, generator } from '@tensorflow/tfjs-data';

/** An element of `tfDataset`. An alias, as tf.data takes no interface for a container of tensors. */
export type TfBatch = {
  /** float32 [batch, height, width, channels], in [-1, 1]. */
  images: tf.Tensor4D;
  /** int32 [batch]: which image of the source each one is. */
  index: tf.Tensor1D;
};

/**
 * The batches of a loader as a `tf.data.Dataset`, to map, take and `fitDataset` from.
 *
 * Who takes an element disposes of both its tensors; `map` disposes of those that it does not pass on, and
 * `fitDataset` of all. Each iterator of the dataset is a loop of the loader: it goes on where the last one
 * stopped, and takes the position from one that is still open. With `epochs: n` the loader ends after n epochs
 * in all, so for `fitDataset` leave it out and give `batchesPerEpoch`. tf.data does not say when it stops
 * before the end, as with `take`: then nothing closes the source, and `source.close()` is yours to call.
 *
 * @param data `tf.data`: the package @tensorflow/tfjs-data, or `data` of @tensorflow/tfjs
 */
export function tfDataset(
  batches: Loader<tf.Tensor4D>,
  data: { readonly generator: typeof generator },
): Dataset<TfBatch> {
  if (typeof data?.generator !== 'function') {
    throw argumentError('tfDataset', 'needs tf.data, of @tensorflow/tfjs-data or @tensorflow/tfjs', data);
  }
  return data.generator(async function* () {
    for await (const { images, index } of batches) yield { images, index: tf.tensor1d(index, 'int32') };
  });
}
