import { inParts, partsOf, rangeOf } from './in-parts';
import type { SimdKernels } from './simd-kernels';
import type { Simd } from './simd-module';

/**
 * Does work on each of `size` floats, worth `cost` multiplications each, shared out among the threads: `work`
 * is given the kernels to do it by, where its part starts, in bytes, and how many floats that has.
 */
export function overElements(
  simd: Simd,
  size: number,
  cost: number,
  work: (kernels: SimdKernels, offset: number, count: number) => void,
): void {
  const parts = partsOf(simd, cost * size, size);
  inParts(simd, parts, ({ kernels }, part) => {
    const [first, end] = rangeOf(size, parts, part, 16);
    work(kernels, 4 * first, end - first);
  });
}
