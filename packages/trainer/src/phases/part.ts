import * as tf from '@tensorflow/tfjs-core';

/** Consecutive images of a step's batch: all of them, or a micro-batch. */
export interface Part {
  /** Place of the first in the batch. */
  readonly offset: number;
  /** How many. */
  readonly length: number;
  /** How many the batch has. */
  readonly of: number;
}

export function wholeBatch(length: number): Part {
  return { offset: 0, length, of: length };
}

/** A part in pieces of `size` images, the last maybe smaller; in one piece without a size. */
export function piecesOf(part: Part, size: number | null): Part[] {
  if (size === null || size >= part.length) return [part];
  return Array.from({ length: Math.ceil(part.length / size) }, (_, i) => ({
    offset: part.offset + i * size,
    length: Math.min(size, part.length - i * size),
    of: part.of,
  }));
}

/** What a mean over the batch takes of a mean over the part. */
export function shareOf({ length, of }: Part): number {
  return length / of;
}

/**
 * The rows of `tensor` that belong to `part`.
 *
 * @param held the part that `tensor` has the rows of; the same part: `tensor` itself
 */
export function rowsOf<T extends tf.Tensor>(tensor: T, part: Part, held: Part): T {
  if (part.length === held.length) return tensor;
  const rest = tensor.shape.slice(1);
  const start = [part.offset - held.offset, ...rest.map(() => 0)];
  return tf.slice<tf.Rank, T>(tensor, start, [part.length, ...rest]);
}
