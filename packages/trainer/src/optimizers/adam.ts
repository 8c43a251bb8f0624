import { type AdamKernelAttributes, assertFinite, updateKernels } from '@eigengan/core';
import * as tf from '@tensorflow/tfjs-core';
import { assertLearningRate, type LearningRate, learningRateAt } from '../schedules/learning-rate';
import type { Optimizer, OptimizerState, Update } from './optimizer';
import { Slots } from './slots';
import { updatedByKernel } from './update-kernel';

export interface AdamOptions {
  /** At least 0, or a schedule of the 0-based update. Default 1e-4, the official value. */
  readonly learningRate?: LearningRate | undefined;
  /** Decay of the first moment, in [0, 1). Default 0.5, the official value. */
  readonly beta1?: number | undefined;
  /** Decay of the second moment, in [0, 1). Default 0.999. */
  readonly beta2?: number | undefined;
  /** Added to the root of the second moment, before any correction; above 0. Default 1e-8. */
  readonly epsilon?: number | undefined;
}

/**
 * Adam as TensorFlow computes it (`tf.compat.v1.train.AdamOptimizer`): the rate is corrected,
 * `rate * sqrt(1 - beta2^t) / (1 - beta1^t)`, the moments are not, and epsilon stands outside the root.
 * (`tf.train.adam` of TensorFlow.js divides the moments instead, so its epsilon weighs more at first.)
 */
export function adam({
  learningRate = 1e-4,
  beta1 = 0.5,
  beta2 = 0.999,
  epsilon = 1e-8,
}: AdamOptions = {}): Optimizer {
  assertLearningRate('adam', learningRate);
  assertFinite('adam: beta1', beta1, { min: 0, max: 1 - 2 ** -53 });
  assertFinite('adam: beta2', beta2, { min: 0, max: 1 - 2 ** -53 });
  assertFinite('adam: epsilon', epsilon, { exclusiveMin: 0 });
  return {
    kind: 'adam',
    configuration: { beta1, beta2, epsilon },
    create: () => new Adam(learningRate, beta1, beta2, epsilon),
  };
}

class Adam implements OptimizerState {
  readonly #slots = new Slots(['m', 'v']);
  // The products are state of their own: powers computed anew would differ in their last bits.
  numbers: Readonly<Record<string, number>> = { updates: 0, beta1Product: 1, beta2Product: 1 };

  constructor(
    readonly learningRate: LearningRate,
    readonly beta1: number,
    readonly beta2: number,
    readonly epsilon: number,
  ) {}

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
    const { updates: done = 0, beta1Product = 1, beta2Product = 1 } = this.numbers;
    const product1 = beta1Product * this.beta1;
    const product2 = beta2Product * this.beta2;
    const rate = (learningRateAt(this.learningRate, done) * Math.sqrt(1 - product2)) / (1 - product1);
    const attributes = { beta1: this.beta1, beta2: this.beta2, epsilon: this.epsilon, rate };
    const composed = updates.filter((update) => !this.#byKernel(update, attributes));
    if (composed.length > 0) this.#compose(composed, attributes);
    this.numbers = { updates: done + 1, beta1Product: product1, beta2Product: product2 };
  }

  dispose(): void {
    this.#slots.dispose();
  }

  /** One pass over a weight, where the backend has a kernel for it; else nothing, and false. */
  #byKernel({ role, variable, gradient }: Update, attributes: AdamKernelAttributes): boolean {
    const m = this.#slots.get('m', role, variable);
    const v = this.#slots.get('v', role, variable);
    const inputs = { weight: variable, m, v, gradient };
    return updatedByKernel(updateKernels.adam, inputs, attributes, [variable, m, v]);
  }

  /** What the kernel does, by operations of TensorFlow.js. */
  #compose(updates: readonly Update[], attributes: AdamKernelAttributes): void {
    tf.tidy(() => {
      // Made once for all weights: an operation given a plain number makes a tensor of it each time.
      const rest1 = tf.scalar(1 - attributes.beta1);
      const rest2 = tf.scalar(1 - attributes.beta2);
      const epsilon = tf.scalar(attributes.epsilon);
      const step = tf.scalar(attributes.rate);
      for (const { role, variable, gradient } of updates) {
        tf.tidy(() => {
          const m = this.#slots.get('m', role, variable);
          const v = this.#slots.get('v', role, variable);
          m.assign(attributes.beta1 === 0 ? gradient : tf.add(m, tf.mul(tf.sub(gradient, m), rest1)));
          v.assign(tf.add(v, tf.mul(tf.sub(tf.square(gradient), v), rest2)));
          variable.assign(tf.sub(variable, tf.mul(step, tf.div(m, tf.add(tf.sqrt(v), epsilon)))));
        });
      }
    });
  }
}
