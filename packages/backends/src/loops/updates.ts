import type { AdamKernelAttributes } from '@eigengan/core';

const { fround } = Math;

/** The arrays of one weight; those of the result may be those that it replaces. */
export interface AdamArrays {
  readonly weight: Float32Array;
  readonly m: Float32Array;
  readonly v: Float32Array;
}

/** The update that `updateKernels.adam` of `@eigengan/core` describes, in single precision throughout. */
export function adamUpdate(
  { weight, m, v, gradient }: AdamArrays & { readonly gradient: Float32Array },
  result: AdamArrays,
  { beta1, beta2, epsilon, rate }: AdamKernelAttributes,
): void {
  const [rest1, rest2] = [fround(1 - beta1), fround(1 - beta2)];
  const [small, step] = [fround(epsilon), fround(rate)];
  for (let i = 0; i < weight.length; i++) {
    const g = at(gradient, i);
    const first = beta1 === 0 ? g : moved(at(m, i), g, rest1);
    const second = moved(at(v, i), fround(g * g), rest2);
    const direction = fround(first / fround(fround(Math.sqrt(second)) + small));
    result.m[i] = first;
    result.v[i] = second;
    result.weight[i] = at(weight, i) - fround(step * direction);
  }
}

/** The step that `updateKernels.movingAverage` describes; `result` may be `average`. */
export function averageUpdate(
  average: Float32Array,
  source: Float32Array,
  result: Float32Array,
  rest: number,
): void {
  const share = fround(rest);
  for (let i = 0; i < average.length; i++) result[i] = moved(at(average, i), at(source, i), share);
}

function moved(from: number, to: number, share: number): number {
  return fround(from + fround(share * fround(to - from)));
}

function at(values: Float32Array, index: number): number {
  return values[index] as number;
}
