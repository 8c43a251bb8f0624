import * as tf from '@tensorflow/tfjs-core';
import type { Arrays } from './difference';
import { normals } from './numbers';
import type { Operation } from './operation';
import type { Place } from './place';

/** Something to compute on the current backend; it leaves no tensors. */
export interface Computation {
  readonly name: string;
  /** Left out where a program plays the GPU and takes minutes for it; or only in a place where the other does it. */
  readonly costly?: boolean | Place | undefined;
  readonly compute: () => Promise<Arrays>;
}

/** An operation's result. */
export function forward(operation: Operation): Computation {
  return {
    name: operation.name,
    costly: operation.costly,
    compute: () => read(() => ({ result: operation.apply(...operandsOf(operation)) })),
  };
}

/** The gradients of a weighted sum of an operation's results, in each operand. */
export function gradients(operation: Operation): Computation {
  const score = (...operands: tf.Tensor[]) => {
    const result = operation.apply(...operands);
    return tf.sum(tf.mul(result, normals(`${operation.name}/weights`, result.shape)));
  };
  return {
    name: `the gradients of ${operation.name}`,
    costly: operation.costly,
    compute: () =>
      read(() =>
        Object.fromEntries(
          tf
            .grads(score)(operandsOf(operation))
            .map((gradient, i) => [`operand ${i}`, gradient]),
        ),
      ),
  };
}

function operandsOf({ name, operands }: Operation): tf.Tensor[] {
  return operands.map((shape, i) => normals(`${name}/${i}`, shape));
}

/** Reads what `compute` gives, and disposes of it. */
export async function read(compute: () => Readonly<Record<string, tf.Tensor>>): Promise<Arrays> {
  const arrays: Record<string, Float32Array> = {};
  const tensors = Object.entries(tf.tidy(() => ({ ...compute() })));
  for (const [name, tensor] of tensors) {
    arrays[name] = Float32Array.from(await tensor.data<'float32'>());
    tensor.dispose();
  }
  return arrays;
}
