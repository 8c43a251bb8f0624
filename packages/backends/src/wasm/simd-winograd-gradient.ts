import { inParts, partsOf, rangeOf } from './in-parts';
import type { WasmBackend } from './kernel';
import { withScratch } from './scratch';
import type { Simd } from './simd-module';
import {
  filterPartsOf,
  matrices,
  schemes,
  skew,
  tilesOf,
  type WinogradSizes,
  winogradPays,
} from './simd-winograd';

/** The gradient of a 3x3 filter whose convolution is `same` or `halved`, in the backend's memory. */
export interface WinogradGradient extends WinogradSizes {
  /** Addresses. */
  readonly x: number;
  readonly dy: number;
  /** `[3, 3, channels, outChannels]`. */
  readonly output: number;
}

/** About how much of the second cache the transformed tiles of a group may take. */
const groupBytes = 768 * 1024;

/** Tiles a group at least: adding up its sums takes as long as several tiles do. */
const leastTiles = 64;

/** Tiles a chunk at least. */
const chunkTiles = 128;

/** Whether `simdWinogradGradient` is faster than the direct kernel. */
export function winogradGradientPays(sizes: WinogradSizes): boolean {
  return sizes.outChannels % 8 === 0 && winogradPays(sizes);
}

/**
 * Sums over tiles of 4x4 pixels of `dy`. Where there are many, they are summed in chunks, each by itself: as
 * many however many threads there are, so that the result is the same. Few are one chunk, whose 36 sums the
 * threads share out.
 */
export function simdWinogradGradient(simd: Simd, backend: WasmBackend, gradient: WinogradGradient): void {
  const { images, height, width, channels, top, left, outHeight, outWidth, outChannels } = gradient;
  const { kind, products } = schemes[gradient.kind];
  const [rows, columns] = tilesOf(gradient);
  const tileColumns = columns.count;
  const positions = products ** 2;
  const strips = images * rows.count;
  const chunks = Math.max(1, Math.min(8, strips, Math.floor((strips * tileColumns) / chunkTiles)));
  const multiplications = positions * strips * tileColumns * channels * outChannels;
  const parts = partsOf(simd, multiplications, 8);
  const tileBytes = 4 * positions * (channels + outChannels);
  const group = Math.min(
    Math.ceil(strips / chunks),
    Math.ceil(Math.max(leastTiles, groupBytes / tileBytes) / tileColumns),
  );
  const inputStep = 4 * group * tileColumns * channels + skew;
  const gradientStep = 4 * group * tileColumns * outChannels + skew;
  const sumStep = 4 * channels * outChannels + skew;
  const stripBytes = (products + 1) * 4 * Math.max(channels * columns.input, outChannels * 4 * tileColumns);
  // A part of one chunk has a strip of its own, and works on the same group.
  const areas = Math.max(parts, chunks);
  withScratch(
    backend,
    [
      stripBytes * areas,
      positions * inputStep * chunks,
      positions * gradientStep * chunks,
      matrices * sumStep * chunks,
    ],
    (strip = 0, inputs = 0, gradients = 0, sums = 0) => {
      const transform = (
        { kernels }: Simd,
        area: number,
        chunk: number,
        first: number,
        count: number,
        offset: number,
      ) =>
        kernels.winogradOperands(
          gradient.x,
          height,
          width,
          channels,
          top,
          left,
          kind,
          gradient.dy,
          outHeight,
          outWidth,
          outChannels,
          first,
          count,
          strip + stripBytes * area,
          inputs + positions * inputStep * chunk + 4 * offset * tileColumns * channels,
          inputStep,
          gradients + positions * gradientStep * chunk + 4 * offset * tileColumns * outChannels,
          gradientStep,
        );
      const correlate = (
        { kernels }: Simd,
        chunk: number,
        count: number,
        [from, to]: readonly [number, number],
      ) =>
        kernels.winogradCorrelate(
          kind,
          inputs + positions * inputStep * chunk,
          inputStep,
          gradients + positions * gradientStep * chunk,
          gradientStep,
          channels,
          outChannels,
          count * tileColumns,
          sums + matrices * sumStep * chunk,
          sumStep,
          from,
          to,
        );
      if (chunks === 1) {
        simd.kernels.clear(sums, matrices * sumStep);
        for (let first = 0; first < strips; first += group) {
          const count = Math.min(group, strips - first);
          inParts(simd, parts, (part, index) => {
            const [from, to] = rangeOf(count, parts, index);
            transform(part, index, 0, first + from, to - from, from);
          });
          inParts(simd, parts, (part, index) => correlate(part, 0, count, rangeOf(matrices, parts, index)));
        }
      } else {
        const work = parts > 1 ? simd : { ...simd, helpers: [] };
        inParts(work, chunks, (part, chunk) => {
          part.kernels.clear(sums + matrices * sumStep * chunk, matrices * sumStep);
          const [start, end] = rangeOf(strips, chunks, chunk);
          for (let first = start; first < end; first += group) {
            const count = Math.min(group, end - first);
            transform(part, chunk, chunk, first, count, 0);
            correlate(part, chunk, count, [0, matrices]);
          }
        });
      }
      const filterParts = Math.min(parts, filterPartsOf(simd, gradient));
      inParts(simd, filterParts, ({ kernels }, index) => {
        const [first, end] = rangeOf(channels, filterParts, index);
        kernels.winogradFilterGradient(
          sums,
          sumStep,
          chunks,
          matrices * sumStep,
          channels,
          outChannels,
          gradient.output,
          first,
          end,
          kind,
          strip + stripBytes * index,
        );
      });
    },
  );
}
