import type { Simd } from './simd-module';

/** How many threads may work at once. */
export function threadsOf({ helpers }: Simd): number {
  return 1 + helpers.length;
}

/** Multiplications below which waking a thread takes longer than it saves. */
const worthwhile = 500_000;

/** Into how many parts to take work of so many multiplications, to be had in `most` parts. */
export function partsOf(simd: Simd, multiplications: number, most: number): number {
  return multiplications < worthwhile ? 1 : Math.max(1, Math.min(threadsOf(simd), most));
}

/**
 * Does work in parts, at the same time where there are threads. What a part computes must not depend on
 * another one, and `work` must touch the memory by the kernels it is given alone: those of another thread
 * are noted first and called later.
 */
export function inParts(simd: Simd, parts: number, work: (simd: Simd, part: number) => void): void {
  const threads = Math.min(parts, threadsOf(simd));
  const helpers = simd.helpers.slice(0, threads - 1);
  for (const [index, helper] of helpers.entries()) {
    const there: Simd = { ...simd, kernels: helper.recorder, helpers: [] };
    for (let part = index + 1; part < parts; part += threads) work(there, part);
    helper.start();
  }
  const here: Simd = { ...simd, helpers: [] };
  try {
    for (let part = 0; part < parts; part += threads) work(here, part);
  } finally {
    for (const helper of helpers) helper.finish();
  }
}

/** The numbers below `count` in `parts` ranges of nearly the same length, the borders at multiples of `step`. */
export function rangeOf(count: number, parts: number, part: number, step = 1): readonly [number, number] {
  const border = (index: number) => Math.min(count, Math.ceil((count * index) / parts / step) * step);
  return [border(part), border(part + 1)];
}
