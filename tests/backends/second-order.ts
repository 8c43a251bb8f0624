import { fillNormal, seededStream } from '@eigengan/core';
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, test } from 'vitest';
import type { Computation } from './computation';
import { secondOrderCases } from './second-order-cases';
import type { SecondOrderCase } from './second-order-maps';

/** Largest error of a gradient, relative to its norm. */
const tolerance = 0.01;

/**
 * Central differences are taken with the first step and, where they do not agree, with the next: a large one
 * may step over a kink of a piecewise linear map, a small one drowns in float32. A wrong gradient agrees with
 * none.
 */
const steps = [4e-3, 1e-3, 1.2e-2];

/** Random directions in which a gradient is compared; one where a program may play the GPU, and takes long. */
const directions = () => (tf.getBackend().startsWith('webg') ? 1 : 2);

/** A number made of a case's input and weights. */
export type Scalar = (parts: readonly tf.Tensor[]) => tf.Tensor;

/** The gradient of `f` in its parts from `first` on, and its differences along random directions. */
interface Comparison {
  readonly name: string;
  readonly f: Scalar;
  readonly first: number;
}

/**
 * Tests of vitest's, for the current backend, whose gradients are repaired: each case's gradient and the
 * gradient of its R1 penalty, E||dD(x)/dx||^2, in its weights, agree with finite differences to 1 %.
 */
export function describeSecondOrder(cases = secondOrderCases): void {
  describe('gradients of discriminators', () => {
    test.each(cases)('$name: the gradient agrees with finite differences', async (one) => {
      await compare(one, { name: 'gradient', f: scoreOf(one), first: one.tied ? 1 : 0 });
    });
    test.each(cases)("$name: R1's gradient agrees with finite differences", async (one) => {
      await compare(one, { name: 'penalty', f: penaltyOf(one), first: 1 });
    });
  });
}

/** Where each backend may choose another of equal numbers, finite differences alone tell which gradient is right. */
export const tiedCases: readonly SecondOrderCase[] = secondOrderCases.filter(({ tied }) => tied);

/** The gradients of R1 in the weights of the others: what is as on `cpu` agrees with finite differences as that does. */
export const secondOrderGradients: readonly Computation[] = secondOrderCases
  .filter((one) => !one.tied)
  .map((one) => ({
    name: `R1's gradient: ${one.name}`,
    compute: async () => {
      const { shapes, values } = operandsOf(one);
      const gradients = await gradientsOf(penaltyOf(one), values, shapes, 1);
      return Object.fromEntries(gradients.map((gradient, i) => [`weight ${i}`, gradient]));
    },
  }));

/** What the discriminator's score is in these tests. */
export function scoreOf({ map }: SecondOrderCase): Scalar {
  return ([x, ...weights]) => tf.sum(tf.square(map(x as tf.Tensor, weights)));
}

function penaltyOf(one: SecondOrderCase): Scalar {
  const score = scoreOf(one);
  return ([x, ...weights]) =>
    tf.sum(tf.square(tf.grad((image) => score([image, ...weights]))(x as tf.Tensor)));
}

async function compare(one: SecondOrderCase, { f, first, name }: Comparison): Promise<void> {
  const { shapes, values } = operandsOf(one);
  const gradients = await gradientsOf(f, values, shapes, first);
  for (const [i, gradient] of gradients.entries()) {
    const part = first + i;
    const norm = Math.hypot(...gradient);
    for (let d = 0; d < directions(); d++) {
      const direction = numbers(`${one.name}/${part}/${d}`, gradient.length).map(Math.sign);
      const expected = direction.reduce((sum, sign, k) => sum + sign * (gradient[k] ?? Number.NaN), 0);
      const errors: number[] = [];
      for (const step of steps) {
        const slope = await difference(f, values, shapes, part, direction, step);
        errors.push(Math.abs(slope - expected) / Math.max(norm, Math.abs(slope)));
        if ((errors.at(-1) ?? 1) < tolerance) break;
      }
      expect(Math.min(...errors), `error of the ${name} in part ${part}`).toBeLessThan(tolerance);
    }
  }
}

/** The input and the weights of a case, the same in every run. */
export function operandsOf(one: SecondOrderCase) {
  const shapes = [one.input, ...one.weights].map((shape) => [...shape]);
  const values = shapes.map((shape, i) => {
    const drawn = numbers(`${one.name}/${i}`, tf.util.sizeFromShape(shape));
    return i === 0 && one.tied ? drawn.map(Math.round) : drawn;
  });
  return { shapes, values };
}

/** The gradients in the parts from `first` on. */
export async function gradientsOf(
  f: Scalar,
  values: readonly Float32Array[],
  shapes: readonly number[][],
  first: number,
): Promise<readonly Float32Array[]> {
  const gradients = tf.tidy(() => {
    const parts = values.map((numbersOfPart, i) => tf.tensor(numbersOfPart, shapes[i]));
    const fixed = parts.slice(0, first);
    return tf.grads((...moved: tf.Tensor[]) => f([...fixed, ...moved]))(parts.slice(first));
  });
  return Promise.all(gradients.map(read));
}

/** The slope of `f` in one part along a direction. */
async function difference(
  f: Scalar,
  values: readonly Float32Array[],
  shapes: readonly number[][],
  part: number,
  direction: Float32Array,
  step: number,
): Promise<number> {
  const at = (distance: number) =>
    tf.tidy(() => {
      const moved = values[part]?.map((value, k) => value + distance * (direction[k] ?? Number.NaN));
      return f(values.map((value, i) => tf.tensor(i === part ? (moved ?? value) : value, shapes[i])));
    });
  const both = await read(tf.tidy(() => tf.stack([at(step), at(-step)])));
  return ((both[0] ?? Number.NaN) - (both[1] ?? Number.NaN)) / (2 * step);
}

function numbers(name: string, size: number): Float32Array {
  return fillNormal(seededStream(0, `second-order/${name}`), new Float32Array(size), { stddev: 0.7 });
}

/** Not `dataSync`, which WebGPU has not. */
async function read(tensor: tf.Tensor): Promise<Float32Array> {
  const values = await tensor.data<'float32'>();
  tensor.dispose();
  return values;
}
