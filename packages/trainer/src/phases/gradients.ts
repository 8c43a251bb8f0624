import * as tf from '@tensorflow/tfjs-core';

/**
 * The gradients of `loss` in the given order, null where it does not depend on a variable. The caller
 * disposes of them.
 */
export function gradientsOf(loss: () => tf.Scalar, variables: readonly tf.Variable[]): (tf.Tensor | null)[] {
  if (variables.length === 0) return [];
  try {
    const { value, grads } = tf.variableGrads(loss, [...variables]);
    value.dispose();
    return variables.map(({ name }) => grads[name] ?? null);
  } catch (error) {
    discardTape();
    // Thrown when no variable at all takes part, which is an answer here.
    if (error instanceof Error && error.message.startsWith('Cannot find a connection')) {
      return variables.map(() => null);
    }
    throw error;
  }
}

/**
 * Runs `compute` as if no gradient were being recorded: what it computes is constant to the gradient around
 * it, and it may take gradients of its own at no cost to that one.
 */
export function unrecorded<T extends tf.TensorContainer>(compute: () => T): T {
  const { state } = tf.engine();
  const { activeTape, gradientDepth } = state;
  state.gradientDepth = 0;
  try {
    return tf.tidy(compute);
  } finally {
    state.activeTape = activeTape;
    state.gradientDepth = gradientDepth;
  }
}

/** tfjs leaves the tensors saved for a gradient behind when computing it throws: frees them. */
export function discardTape(): void {
  const { state } = tf.engine();
  if (state.gradientDepth > 0) return;
  for (const { saved } of state.activeTape ?? []) for (const tensor of saved ?? []) tensor.dispose();
  state.activeTape = [];
}
