import type * as tf from '@tensorflow/tfjs-core';

/** The tensor, of which the caller knows the rank and its type does not tell it. */
export function ofRank<R extends tf.Rank>(tensor: tf.Tensor | undefined, rank: `${R}`): tf.Tensor<R> {
  if (tensor !== undefined && isOfRank(tensor, rank)) return tensor;
  throw new Error(`expected a tensor of rank ${rank.slice(1)}, got ${tensor?.rank ?? 'none'}`);
}

function isOfRank<R extends tf.Rank>(tensor: tf.Tensor, rank: `${R}`): tensor is tf.Tensor<R> {
  return `R${tensor.rank}` === rank;
}
