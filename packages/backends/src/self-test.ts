import { messageOf } from '@eigengan/core';
import * as tf from '@tensorflow/tfjs-core';
import { floatPrecision } from './float-precision';
import { selfTestChecks } from './self-test-checks';

/** One comparison with plain loops. */
export interface SelfTestCheck {
  /** What was computed. */
  readonly name: string;
  /** Largest deviation, as a part of the largest expected number; infinite when there was no result. */
  readonly error: number;
  readonly passed: boolean;
  /** What was thrown instead of a result. */
  readonly message?: string | undefined;
}

export interface SelfTestResult {
  readonly passed: boolean;
  /** The largest error that passes: 1e-4, or 1e-2 where the backend computes with 16 bits. */
  readonly tolerance: number;
  readonly milliseconds: number;
  readonly checks: readonly SelfTestCheck[];
}

/** By bits. Half precision rounds each result by up to 5e-4 of it, and a check takes up to a dozen operations. */
const tolerances = { 32: 1e-4, 16: 1e-2 };

/**
 * Computes on the current backend what the training of a GAN is made of (convolutions and their gradients,
 * a gradient of a gradient, matrix products, activations, reductions) and compares it with plain loops in
 * double precision. Takes well under two seconds and leaves no tensors.
 */
export async function selfTest(): Promise<SelfTestResult> {
  const start = performance.now();
  // What cannot even add is held to the strict one, and fails its checks by name.
  const tolerance = tolerances[await floatPrecision().catch(() => 32 as const)];
  const checks: SelfTestCheck[] = [];
  for (const { name, compute, expected } of selfTestChecks) {
    try {
      const error = await deviation(compute, expected());
      checks.push({ name, error, passed: error <= tolerance });
    } catch (thrown) {
      const message = messageOf(thrown);
      checks.push({ name, error: Number.POSITIVE_INFINITY, passed: false, message });
    }
  }
  return {
    passed: checks.every(({ passed }) => passed),
    tolerance,
    milliseconds: performance.now() - start,
    checks,
  };
}

async function deviation(compute: () => tf.Tensor, expected: ArrayLike<number>): Promise<number> {
  const result = tf.tidy(compute);
  const actual = await result.data();
  result.dispose();
  if (actual.length !== expected.length) return Number.POSITIVE_INFINITY;
  let largest = 0;
  let error = 0;
  for (let i = 0; i < expected.length; i++) {
    const [value = Number.NaN, wanted = Number.NaN] = [actual[i], expected[i]];
    largest = Math.max(largest, Math.abs(wanted));
    const difference = Math.abs(value - wanted);
    error = Number.isNaN(difference) ? Number.POSITIVE_INFINITY : Math.max(error, difference);
  }
  return largest === 0 ? error : error / largest;
}
