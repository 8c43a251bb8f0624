import { assertFinite } from '@eigengan/core';
import * as tf from '@tensorflow/tfjs-core';
import { assertLearningRate, type LearningRate, learningRateAt } from '../schedules/learning-rate';
import type { Optimizer, OptimizerState, Update } from './optimizer';
import { Slots } from './slots';

export interface SgdOptions {
  /** At least 0, or a schedule of the 0-based update. */
  readonly learningRate: LearningRate;
  /** Share of the previous step that is added, in [0, 1). Default 0: no slot is kept. */
  readonly momentum?: number | undefined;
}

/** Gradient descent, with momentum as TensorFlow has it: `a = momentum * a + g; w -= rate * a`. */
export function sgd({ learningRate, momentum = 0 }: SgdOptions): Optimizer {
  assertLearningRate('sgd', learningRate);
  assertFinite('sgd: momentum', momentum, { min: 0, max: 1 - 2 ** -53 });
  return { kind: 'sgd', configuration: { momentum }, create: () => new Sgd(learningRate, momentum) };
}

class Sgd implements OptimizerState {
  readonly #slots: Slots;
  numbers: Readonly<Record<string, number>> = { updates: 0 };

  constructor(
    readonly learningRate: LearningRate,
    readonly momentum: number,
  ) {
    this.#slots = new Slots(momentum === 0 ? [] : ['momentum']);
  }

  get slotNames() {
    return this.#slots.names;
  }

  get slots() {
    return this.#slots.all;
  }

  prepare(weights: readonly { readonly role: string; readonly variable: tf.Variable }[]): void {
    this.#slots.prepare(weights);
  }

  apply(updates: readonly Update[]): void {
    const { updates: done = 0 } = this.numbers;
    const rate = learningRateAt(this.learningRate, done);
    for (const { role, variable, gradient } of updates) {
      tf.tidy(() =>
        variable.assign(tf.sub(variable, tf.mul(rate, this.#direction(role, variable, gradient)))),
      );
    }
    this.numbers = { updates: done + 1 };
  }

  #direction(role: string, variable: tf.Variable, gradient: tf.Tensor): tf.Tensor {
    if (this.momentum === 0) return gradient;
    const accumulated = this.#slots.get('momentum', role, variable);
    accumulated.assign(tf.add(tf.mul(this.momentum, accumulated), gradient));
    return accumulated;
  }

  dispose(): void {
    this.#slots.dispose();
  }
}
