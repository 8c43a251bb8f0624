import * as tf from '@tensorflow/tfjs-core';
import { type TrainerParts, tensorsOf } from './checkpoint-tensors';

/** Tensors and counters of a trainer at one moment: references, no copies, until `release`. */
export class HeldState {
  readonly #tensors: readonly { readonly variable: tf.Variable; readonly value: tf.Tensor }[];
  readonly #numbers: readonly (() => void)[];

  constructor(parts: TrainerParts) {
    const { generator, discriminator, ema, augmentation } = parts;
    this.#tensors = [...tensorsOf(parts).values()].map((variable) => ({
      variable,
      value: tf.keep(tf.clone<tf.Tensor>(variable)),
    }));
    const counts = ema?.counts;
    const augmented = augmentation?.numbers ?? {};
    this.#numbers = [
      ...[generator, discriminator].map(({ optimizer }) => {
        const { numbers } = optimizer;
        return () => {
          optimizer.numbers = numbers;
        };
      }),
      () => {
        if (ema !== null && counts !== undefined) ema.counts = counts;
        if (augmentation !== null) augmentation.numbers = augmented;
      },
    ];
  }

  /** Puts everything back. */
  restore(): void {
    for (const { variable, value } of this.#tensors) {
      if (variable.dataId !== value.dataId) variable.assign(value);
    }
    for (const putBack of this.#numbers) putBack();
  }

  release(): void {
    for (const { value } of this.#tensors) value.dispose();
  }
}
