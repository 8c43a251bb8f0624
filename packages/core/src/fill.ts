import { assertFinite } from './assertions';
import type { RandomStream } from './random-stream';

/** Fills `out` from the normal distribution and returns it. */
export function fillNormal(
  stream: RandomStream,
  out: Float32Array,
  { mean = 0, stddev = 1 }: { mean?: number | undefined; stddev?: number | undefined } = {},
): Float32Array {
  for (let i = 0; i < out.length; i += 2) {
    // Both values of Box-Muller: half the draws.
    const radius = stddev * Math.sqrt(-2 * Math.log(1 - stream.uniform()));
    const angle = 2 * Math.PI * stream.uniform();
    out[i] = mean + radius * Math.cos(angle);
    if (i + 1 < out.length) out[i + 1] = mean + radius * Math.sin(angle);
  }
  return out;
}

/** Fills `out` from the uniform distribution on [min, max) and returns it. */
export function fillUniform(
  stream: RandomStream,
  out: Float32Array,
  { min = 0, max = 1 }: { min?: number | undefined; max?: number | undefined } = {},
): Float32Array {
  for (let i = 0; i < out.length; i++) out[i] = min + (max - min) * stream.uniform();
  return out;
}

/**
 * Fills `out` from the normal distribution cut off at `threshold` standard deviations, by drawing again
 * what lies beyond it, as the official code does, and returns it.
 *
 * @throws ArgumentError when the threshold is not above 0.01 (almost every draw would be drawn again)
 */
export function fillTruncatedNormal(
  stream: RandomStream,
  out: Float32Array,
  {
    threshold,
    mean = 0,
    stddev = 1,
  }: { threshold: number; mean?: number | undefined; stddev?: number | undefined },
): Float32Array {
  assertFinite('fillTruncatedNormal: threshold', threshold, { exclusiveMin: 0.01 });
  for (let i = 0; i < out.length; i++) {
    let draw = stream.normal();
    while (Math.abs(draw) > threshold) draw = stream.normal();
    out[i] = mean + stddev * draw;
  }
  return out;
}
