import * as tf from '@tensorflow/tfjs-core';
import { type GatherBlock, type GatherMatrix, transposed } from './gather-matrix';

/** A linear map from pixels `[columns, channels]` to `[rows, channels]`. */
export type LinearMap = (pixels: tf.Tensor) => tf.Tensor;

/**
 * The product with a matrix of one block, which can be differentiated any number of times: the gradient of a
 * linear map is its transpose, and the gradient of that the map itself. Both only gather. (To scatter, as the
 * gradient of `tf.gather` does, webgl and cpu go through all entries for each output.)
 */
export function linearMap(block: GatherBlock, columns: number): LinearMap {
  const { rows } = block;
  const forward = product({ rows, columns, blocks: [block], places: null });
  let backward: LinearMap | null = null;
  const transpose = () => {
    backward ??= product(transposed(block, columns));
    return backward;
  };
  return differentiable(forward, transpose);
}

/** @param transpose of `map`, wanted only once there is a gradient to compute */
function differentiable(map: LinearMap, transpose: () => LinearMap): LinearMap {
  return (pixels) => {
    const recorded = tf.customGrad(() => ({
      value: map(pixels),
      gradFunc: (dy: tf.Tensor) => differentiable(transpose(), () => map)(dy),
    }));
    return recorded(pixels);
  };
}

function product({ rows, blocks, places }: GatherMatrix): LinearMap {
  return (pixels) =>
    tf.tidy(() => {
      const [first, ...others] = blocks.map((block) => blockProduct(block, pixels, rows));
      if (first === undefined) return tf.zeros([rows, pixels.shape[1] ?? 0]);
      const sum = others.reduce((sum, part) => tf.add(sum, part), first);
      return places === null ? sum : rowsOf(sum, places);
    });
}

/** @param rowsInAll to which zeros are filled up */
function blockProduct(block: GatherBlock, pixels: tf.Tensor, rowsInAll: number): tf.Tensor {
  const { rows, entries, indices, weights } = block;
  const [, channels = 0] = pixels.shape;
  if (entries === 0) return tf.zeros([rowsInAll, channels]);
  const spread = tf.tensor(forEachChannel(weights, channels), [weights.length, channels]);
  const weighted = tf.reshape(tf.mul(rowsOf(pixels, indices), spread), [entries, rows * channels]);
  const sums = tf.reshape(tf.sum(weighted, 0), [rows, channels]);
  const missing: [number, number] = [0, rowsInAll - rows];
  return rows === rowsInAll ? sums : tf.pad(sums, [missing, [0, 0]]);
}

/** By gatherND, which on wasm copies whole rows, in a tenth of the time of gather. */
function rowsOf(pixels: tf.Tensor, indices: Int32Array): tf.Tensor {
  return tf.gatherND(pixels, tf.tensor(indices, [indices.length, 1], 'int32'));
}

/** On wasm, products of equal shapes are several times as fast as broadcast ones. */
function forEachChannel(weights: Float32Array, channels: number): Float32Array {
  const spread = new Float32Array(weights.length * channels);
  let next = 0;
  for (const weight of weights) {
    for (let channel = 0; channel < channels; channel++) spread[next++] = weight;
  }
  return spread;
}
