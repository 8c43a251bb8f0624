import * as tf from '@tensorflow/tfjs-core';

/** Sums a tensor of repetitions to one: the transpose of `tf.tile`. */
export function untile(tiled: tf.Tensor, shape: readonly number[]): tf.Tensor {
  return shape.reduce((folded, size, axis) => {
    const repetitions = (tiled.shape[axis] ?? size) / size;
    if (repetitions === 1) return folded;
    const before = tf.util.sizeFromShape(folded.shape.slice(0, axis));
    const after = tf.util.sizeFromShape(folded.shape.slice(axis + 1));
    const copies = tf.reshape(folded, [before, repetitions, size, after]);
    return tf.reshape(tf.sum(copies, 1), replaced(folded.shape, axis, size));
  }, tiled);
}

/**
 * Adds the mirror images at both ends of each axis to what they mirror: the transpose of `tf.mirrorPad`.
 *
 * @param paddings Before and after each axis.
 * @param reflect Whether the pixel at the edge is not repeated (`reflect`) or is (`symmetric`).
 */
export function mirrorBack(
  padded: tf.Tensor,
  shape: readonly number[],
  paddings: readonly (readonly [number, number])[],
  reflect: boolean,
): tf.Tensor {
  const skipped = reflect ? 1 : 0;
  return paddings.reduce((folded, [before, after], axis) => {
    const size = shape[axis] as number;
    const part = (begin: number, length: number) => {
      const start = folded.shape.map((_, i) => (i === axis ? begin : 0));
      return tf.slice(folded, start, replaced(folded.shape, axis, length));
    };
    const mirrored = (begin: number, length: number, target: number) => {
      const edges = folded.shape.map((_, i): [number, number] =>
        i === axis ? [target, size - target - length] : [0, 0],
      );
      return tf.pad(tf.reverse(part(begin, length), axis), edges);
    };
    const parts = [part(before, size)];
    if (before > 0) parts.push(mirrored(0, before, skipped));
    if (after > 0) parts.push(mirrored(before + size, after, size - skipped - after));
    return tf.addN(parts);
  }, padded);
}

function replaced(shape: readonly number[], axis: number, size: number): number[] {
  return shape.map((present, i) => (i === axis ? size : present));
}
