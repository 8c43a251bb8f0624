import * as tf from '@tensorflow/tfjs-core';

/** Values of variables at one moment: references, no copies, until `release`. */
export class HeldVariables {
  readonly #held: readonly { readonly variable: tf.Variable; readonly value: tf.Tensor }[];

  constructor(variables: Iterable<tf.Variable>) {
    this.#held = Array.from(variables, (variable) => ({
      variable,
      value: tf.keep(tf.clone<tf.Tensor>(variable)),
    }));
  }

  /** Puts back what was assigned since. */
  restore(): void {
    for (const { variable, value } of this.#held) {
      if (variable.dataId !== value.dataId) variable.assign(value);
    }
  }

  release(): void {
    for (const { value } of this.#held) value.dispose();
  }
}
