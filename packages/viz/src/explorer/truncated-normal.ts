import { seededStream } from '@eigengan/core';

/** The largest truncation: one number in 370 lies beyond. */
export const mostTruncation = 3;

/**
 * The latents of a seed: standard normal numbers cut off at `truncation` standard deviations. The same draws
 * go through the inverse of the cut distribution, so that the latents move smoothly with the truncation, down
 * to zeros at 0; drawing again what lies beyond would give another picture at each step of a slider.
 */
export function truncatedNormal(seed: number, size: number, truncation: number): Float32Array {
  const stream = seededStream(seed, 'explorer');
  const beyond = normalCdf(-truncation);
  return Float32Array.from({ length: size }, () => {
    // The middle of one of 2^32 equal parts: never 0 nor 1.
    const uniform = (Math.floor(stream.uniform() * 2 ** 32) + 0.5) / 2 ** 32;
    return truncation === 0 ? 0 : inverseNormalCdf(beyond + uniform * (1 - 2 * beyond));
  });
}

/** The part of the standard normal distribution below z, to 8e-8 (Abramowitz and Stegun, 26.2.17). */
export function normalCdf(z: number): number {
  const t = 1 / (1 + 0.2316419 * Math.abs(z));
  const tail =
    (Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)) *
    horner(t, [0, 0.31938153, -0.356563782, 1.781477937, -1.821255978, 1.330274429]);
  return z < 0 ? tail : 1 - tail;
}

/** Its inverse on (0, 1), to a part in 1e9: P. J. Acklam's rational approximation. */
export function inverseNormalCdf(p: number): number {
  if (p > 0.5) return -inverseNormalCdf(1 - p);
  if (p < 0.02425) {
    const q = Math.sqrt(-2 * Math.log(p));
    return (
      horner(
        q,
        [
          2.938163982698783, 4.374664141464968, -2.549732539343734, -2.400758277161838, -0.3223964580411365,
          -0.007784894002430293,
        ],
      ) / horner(q, [1, 3.754408661907416, 2.445134137142996, 0.3224671290700398, 0.007784695709041462])
    );
  }
  const q = p - 0.5;
  const r = q * q;
  return (
    (q *
      horner(
        r,
        [
          2.506628277459239, -30.66479806614716, 138.357751867269, -275.9285104469687, 220.9460984245205,
          -39.69683028665376,
        ],
      )) /
    horner(
      r,
      [1, -13.28068155288572, 66.80131188771972, -155.6989798598866, 161.5858368580409, -54.47609879822406],
    )
  );
}

/** The polynomial of these coefficients, the constant first. */
function horner(x: number, coefficients: readonly number[]): number {
  return coefficients.reduceRight((sum, coefficient) => sum * x + coefficient, 0);
}
