import * as tf from '@tensorflow/tfjs-core';
import { type LearningRate, learningRateAt } from '../schedules/learning-rate';
import type { OptimizedWeight, Optimizer, OptimizerConfiguration, OptimizerState, Update } from './optimizer';
import { Slots } from './slots';

/** What sets one optimizer apart from the others; the rest is `slottedOptimizer`. */
export interface UpdateRule<Slot extends string, Product extends string> {
  readonly kind: string;
  readonly configuration: OptimizerConfiguration;
  readonly learningRate: LearningRate;
  /** Names of the tensors kept for each weight, zeros before its first update. */
  readonly slots: readonly Slot[];
  /**
   * Numbers that are 1 before the first update and multiplied by this in each. They are state: powers
   * computed anew would differ in their last bits.
   */
  readonly products: Readonly<Record<Product, number>>;
  /** Changes the weights and their slots, by `assign`, within a tidy. */
  update(weights: readonly SlottedUpdate<Slot>[], now: UpdateNumbers<Product>): void;
}

/** A weight, its gradient, and what is kept for it. */
export interface SlottedUpdate<Slot extends string> extends Update {
  slot(name: Slot): tf.Variable;
}

/** The numbers of one update. */
export interface UpdateNumbers<Product extends string> {
  /** The learning rate. */
  readonly rate: number;
  /** A product with this update's factor in it. */
  product(name: Product): number;
}

/** An optimizer that keeps tensors of each weight's shape beside it, by role, and counts its updates. */
export function slottedOptimizer<Slot extends string, Product extends string>(
  rule: UpdateRule<Slot, Product>,
): Optimizer {
  const { kind, configuration } = rule;
  return { kind, configuration, create: () => new SlottedState(rule) };
}

class SlottedState<Slot extends string, Product extends string> implements OptimizerState {
  readonly #rule: UpdateRule<Slot, Product>;
  readonly #slots: Slots<Slot>;
  numbers: Readonly<Record<string, number>>;
  scheduledRate: number | null = null;

  constructor(rule: UpdateRule<Slot, Product>) {
    this.#rule = rule;
    this.#slots = new Slots(rule.slots);
    const ones = Object.fromEntries(Object.keys(rule.products).map((name) => [name, 1]));
    this.numbers = { updates: 0, ...ones };
  }

  get slotNames() {
    return this.#slots.names;
  }

  get slots() {
    return this.#slots.all;
  }

  prepare(weights: readonly OptimizedWeight[]): void {
    this.#slots.prepare(weights);
  }

  forget(roles: readonly string[]): void {
    this.#slots.forget(roles);
  }

  apply(updates: readonly Update[]): void {
    const { learningRate, products } = this.#rule;
    const { updates: done = 0 } = this.numbers;
    const next: Record<string, number> = { updates: done + 1 };
    for (const [name, factor] of Object.entries<number>(products)) {
      next[name] = (this.numbers[name] ?? 1) * factor;
    }
    const rate = learningRateAt(learningRate, done);
    const now = { rate, product: (name: Product) => next[name] ?? 1 };
    const weights = updates.map((update) => ({
      ...update,
      slot: (name: Slot) => this.#slots.get(name, update),
    }));
    tf.tidy(() => this.#rule.update(weights, now));
    this.numbers = next;
    this.scheduledRate = typeof learningRate === 'function' ? rate : null;
  }

  dispose(): void {
    this.#slots.dispose();
  }
}
