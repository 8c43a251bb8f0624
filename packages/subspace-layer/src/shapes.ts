import { argumentError, assertInteger } from '@eigengan/core';
import type * as tfl from '@tensorflow/tfjs-layers';

/** The shape of a layer's one input, which tf.layers passes bare or in an array. */
export function singleShape(given: tfl.Shape | tfl.Shape[]): tfl.Shape | undefined {
  const shapes: tfl.Shape[] = [];
  const sizes: tfl.Shape = [];
  for (const item of given) Array.isArray(item) ? shapes.push(item) : sizes.push(item);
  if (shapes.length === 0) return sizes;
  return shapes.length === 1 ? shapes[0] : undefined;
}

/** A copy of a shape without the batch, checked: at least one size, each an integer of at least 1. */
export function validShape(where: string, shape: readonly number[]): readonly number[] {
  if (!Array.isArray(shape) || shape.length === 0) {
    throw argumentError(where, 'must be an array of at least one size', shape);
  }
  shape.forEach((size, axis) => {
    assertInteger(`${where}[${axis}]`, size, { min: 1 });
  });
  return [...shape];
}
