import { assertFinite, assertInteger } from '@eigengan/core';
import type { Schedule } from './learning-rate';

export interface ExponentialDecayOptions {
  /** The rate at update 0; at least 0. */
  readonly initial: number;
  /** What is left of the rate after each `every` updates, in (0, 1]. */
  readonly factor: number;
  /** In updates, at least 1. */
  readonly every: number;
  /** Whether it falls in steps, at updates `every`, `2 every`, ... Default false: in each update. */
  readonly staircase?: boolean | undefined;
}

/** `initial * factor^(update / every)`, the exponent rounded down for a staircase, as TensorFlow has it. */
export function exponentialDecay({
  initial,
  factor,
  every,
  staircase = false,
}: ExponentialDecayOptions): Schedule {
  assertFinite('exponentialDecay: initial', initial, { min: 0 });
  assertFinite('exponentialDecay: factor', factor, { exclusiveMin: 0, max: 1 });
  assertInteger('exponentialDecay: every', every, { min: 1 });
  return (update) => {
    const times = update / every;
    return initial * factor ** (staircase ? Math.floor(times) : times);
  };
}
