import { fillNormal, seededStream } from '@eigengan/core';
import * as tf from '@tensorflow/tfjs-core';
import { expect } from 'vitest';
import type { Optimizer } from '../index';

const start = [1, -2, 0.5, 0, 3, -0.1];
const gradients = Array.from({ length: 100 }, (_, i) =>
  fillNormal(seededStream(i, 'gradients'), new Float32Array(start.length)),
);

/** One weight under a hundred gradients: where an optimizer of ours leaves it. */
export async function followed(optimizer: Optimizer, role = 'dense/kernel'): Promise<number[]> {
  const variable = tf.tidy(() => tf.variable(tf.tensor1d(start)));
  const state = optimizer.create();
  for (const gradient of gradients) {
    tf.tidy(() => state.apply([{ role, variable, gradient: tf.tensor1d(gradient) }]));
  }
  state.dispose();
  const values = [...(await variable.data())];
  variable.dispose();
  return values;
}

/** Where one of tf.train leaves it. */
export async function followedByStock(optimizer: tf.Optimizer): Promise<number[]> {
  const variable = tf.tidy(() => tf.variable(tf.tensor1d(start)));
  for (const gradient of gradients) {
    tf.tidy(() => optimizer.applyGradients([{ name: variable.name, tensor: tf.tensor1d(gradient) }]));
  }
  optimizer.dispose();
  const values = [...(await variable.data())];
  variable.dispose();
  return values;
}

/** Where a formula leaves it, in double precision: `begin` makes one element's update at the 1-based t. */
export function followedByFormula(begin: () => (weight: number, gradient: number, t: number) => number) {
  return start.map((first, j) => {
    const update = begin();
    return gradients.reduce((weight, gradient, i) => update(weight, gradient[j] ?? 0, i + 1), first);
  });
}

/** Whether two runs ended at the same place, though rounded otherwise, and not where they began. */
export function expectSamePlace(actual: readonly number[], expected: readonly number[]): void {
  for (const [i, value] of actual.entries()) {
    expect(value).not.toBeCloseTo(start[i] ?? Number.NaN, 4);
    expect(Math.abs(value - (expected[i] ?? Number.NaN))).toBeLessThan(5e-6);
  }
}
