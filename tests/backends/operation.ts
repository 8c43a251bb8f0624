import type * as tf from '@tensorflow/tfjs-core';

/** An operation that a GAN may be made of, differentiable in each of its operands. */
export interface Operation {
  readonly name: string;
  /** Shapes of the operands, which are standard normal. */
  readonly operands: readonly (readonly number[])[];
  readonly apply: (...operands: tf.Tensor[]) => tf.Tensor;
  /** Left out where a program plays the GPU. */
  readonly costly?: boolean | undefined;
}

/** An operand that an operation has by its list of shapes. */
export function given(operand: tf.Tensor | undefined): tf.Tensor {
  if (operand === undefined) throw new Error('an operation is called with as many operands as it has shapes');
  return operand;
}

/** The same, of four axes. */
export function given4d(operand: tf.Tensor | undefined): tf.Tensor4D {
  const tensor = given(operand);
  if (isRank4(tensor)) return tensor;
  throw new Error(`an operand must have four axes, got ${tensor.rank}`);
}

function isRank4(tensor: tf.Tensor): tensor is tf.Tensor4D {
  return tensor.rank === 4;
}
