import { inParts, partsOf, rangeOf } from './in-parts';
import type { WasmBackend } from './kernel';
import { withScratch } from './scratch';
import { fillPixelTable, panelBytes } from './simd-images';
import type { SimdKernels } from './simd-kernels';
import type { Simd } from './simd-module';

/** A matrix product `[n, k] x [k, m]` of matrices in the backend's memory. */
export interface MatrixProduct {
  /** Addresses. */
  readonly a: number;
  readonly b: number;
  readonly output: number;
  readonly n: number;
  readonly m: number;
  readonly k: number;
  /** Whether `b` is given as `[m, k]`. */
  readonly transposeB: boolean;
  /** Address of the `[m]` that are added to each row; none by default. */
  readonly bias?: number | undefined;
}

/** Multiplies, with `a` as `[n, k]`: threads share out the columns of `b`, where there are enough, and pack their own. */
export function simdMatMul(simd: Simd, backend: WasmBackend, product: MatrixProduct): void {
  const { a, b, output, n, m, k, transposeB, bias } = product;
  withScratch(backend, [panelBytes(k, m), 8 * n, panelBytes(1, m)], (packed = 0, table = 0, start = 0) => {
    fillPixelTable(
      simd,
      table,
      [1, 1, n],
      { first: 0, pixel: 4 * k, row: 0, image: 0 },
      { first: 0, pixel: 4 * m, row: 0, image: 0 },
    );
    const numbers = new Uint8Array(simd.memory.buffer, start, panelBytes(1, m)).fill(0);
    if (bias !== undefined) numbers.set(new Uint8Array(simd.memory.buffer, bias, 4 * m));
    const [rowStep, columnStep] = transposeB ? [4, 4 * k] : [4 * m, 4];
    const pack = (kernels: SimdKernels, first: number, end: number) =>
      kernels.packPanels(
        b + columnStep * first,
        packed + panelBytes(k, first),
        k,
        end - first,
        rowStep,
        columnStep,
        k,
        0,
      );
    const columnParts = partsOf(simd, n * m * k, Math.ceil(m / 8));
    if (columnParts > 1) {
      inParts(simd, columnParts, ({ kernels }, part) => {
        const [first, end] = rangeOf(m, columnParts, part, 8);
        if (first === end) return;
        pack(kernels, first, end);
        const panels = packed + panelBytes(k, first);
        kernels.convolve(
          a,
          panels,
          output + 4 * first,
          table,
          n,
          1,
          k,
          4 * k,
          end - first,
          start + 4 * first,
        );
      });
      return;
    }
    pack(simd.kernels, 0, m);
    const parts = partsOf(simd, n * m * k, n);
    inParts(simd, parts, ({ kernels }, part) => {
      const [first, end] = rangeOf(n, parts, part, 4);
      if (first === end) return;
      kernels.convolve(a, packed, output, table + 8 * first, end - first, 1, k, 4 * k, m, start);
    });
  });
}

/** How many rows are summed at a time, so that their blocks stay in the first cache. */
const groupRows = 256;

/** Multiplies, with `a` as `[k, n]` and `b` as `[k, m]`: a sum over rows of products of all pairs of columns. */
export function simdMatMulTransposed(
  simd: Simd,
  backend: WasmBackend,
  { a, b, output, n, m, k }: Omit<MatrixProduct, 'transposeB' | 'bias'>,
): void {
  const rows = Math.min(k, groupRows);
  const panels = Math.ceil(m / 8);
  const parts = partsOf(simd, n * m * k, Math.ceil(n / 4));
  const blocks = Math.ceil(n / 4 / parts);
  const direct = n % 4 === 0 && m % 8 === 0;
  const sumRow = 32 * panels;
  const [leftBytes, rightBytes] = [16 * blocks * rows, 32 * panels * rows];
  withScratch(
    backend,
    [leftBytes * parts, rightBytes * parts, direct ? 0 : 4 * sumRow * blocks * parts],
    (leftStart = 0, rightStart = 0, scratch = 0) => {
      inParts(simd, parts, ({ kernels }, part) => {
        // A part has its own columns of a, so its own rows of the result.
        const first = 4 * blocks * part;
        const columns = Math.min(4 * blocks, n - first);
        if (columns <= 0) return;
        const own = Math.ceil(columns / 4);
        const [left, right] = [leftStart + leftBytes * part, rightStart + rightBytes * part];
        const sums = (direct ? output : scratch) + sumRow * first;
        kernels.clear(sums, 4 * sumRow * own);
        for (let row = 0; row < k; row += rows) {
          const count = Math.min(rows, k - row);
          kernels.packBlocks(a + 4 * (n * row + first), left, 1, count, columns, 4 * n, 4, 0, 0, 16 * count);
          kernels.packBlocks(b + 4 * m * row, right, 1, count, m, 4 * m, 8, 0, 0, 32 * count);
          kernels.filterGradient(
            left,
            16,
            16 * count,
            16 * count,
            1,
            1,
            0,
            0,
            own,
            16 * count,
            right,
            panels,
            32 * count,
            1,
            1,
            count,
            sums,
            sumRow,
          );
        }
        // Without the columns that fill up the blocks.
        if (!direct) kernels.copyImages(sums, output + 4 * m * first, 1, columns, 4 * m, sumRow, 0, 4 * m, 0);
      });
    },
  );
}
