import type { WasmBackend } from './kernel';
import { withScratch } from './scratch';
import { fillPixelTable, panelBytes } from './simd-images';
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
}

/** Multiplies, with `a` as `[n, k]`. */
export function simdMatMul(simd: Simd, backend: WasmBackend, product: MatrixProduct): void {
  const { a, b, output, n, m, k, transposeB } = product;
  withScratch(backend, [panelBytes(k, m), 8 * n, panelBytes(1, m)], (packed = 0, table = 0, start = 0) => {
    simd.kernels.packPanels(b, packed, k, m, transposeB ? 4 : 4 * m, transposeB ? 4 * k : 4, k, 0);
    fillPixelTable(
      simd,
      table,
      [1, 1, n],
      { first: 0, pixel: 4 * k, row: 0, image: 0 },
      { first: 0, pixel: 4 * m, row: 0, image: 0 },
    );
    new Uint8Array(simd.memory.buffer, start, panelBytes(1, m)).fill(0);
    simd.kernels.convolve(a, packed, output, table, n, 1, k, 4 * k, m, start);
  });
}

/** How many rows are summed at a time, so that their blocks stay in the first cache. */
const groupRows = 256;

/** Multiplies, with `a` as `[k, n]` and `b` as `[k, m]`: a sum over rows of products of all pairs of columns. */
export function simdMatMulTransposed(
  simd: Simd,
  backend: WasmBackend,
  { a, b, output, n, m, k }: Omit<MatrixProduct, 'transposeB'>,
): void {
  const rows = Math.min(k, groupRows);
  const [blocks, panels] = [Math.ceil(n / 4), Math.ceil(m / 8)];
  const direct = n % 4 === 0 && m % 8 === 0;
  const sumBytes = 4 * blocks * 4 * panels * 8;
  withScratch(
    backend,
    [16 * blocks * rows, 32 * panels * rows, direct ? 0 : sumBytes],
    (left = 0, right = 0, scratch = 0) => {
      const { kernels, memory } = simd;
      const sums = direct ? output : scratch;
      new Uint8Array(memory.buffer, sums, sumBytes).fill(0);
      for (let first = 0; first < k; first += rows) {
        const count = Math.min(rows, k - first);
        kernels.packBlocks(a + 4 * n * first, left, 1, count, n, 4, 0, 0, 16 * count);
        kernels.packBlocks(b + 4 * m * first, right, 1, count, m, 8, 0, 0, 32 * count);
        kernels.filterGradient(
          left,
          16,
          16 * count,
          16 * count,
          1,
          1,
          0,
          0,
          blocks,
          16 * count,
          right,
          panels,
          32 * count,
          1,
          1,
          count,
          sums,
          32 * panels,
        );
      }
      // Without the columns that fill up the blocks.
      if (!direct) kernels.padImages(sums, output, 1, n, 4 * m, 32 * panels, 0, 4 * m, 0);
    },
  );
}
