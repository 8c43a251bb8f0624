import type * as tf from '@tensorflow/tfjs-core';
import { inParts, partsOf, rangeOf } from './in-parts';
import type { WasmBackend } from './kernel';
import { withScratch } from './scratch';
import { fillPixelTable, panelBytes } from './simd-images';
import type { Simd } from './simd-module';

/** Sizes of a convolution with a 3x3 filter, channels last. */
export interface WinogradSizes {
  /**
   * With stride 1 an image stays as large as it is, but for its borders; with stride 2 it is halved. Its input
   * gradient is doubled: `top` and `left` are then 1, as the filter flipped meets `dy`.
   */
  readonly kind: 'same' | 'halved' | 'doubled';
  readonly images: number;
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  /** Rows of zeros above the input and columns of zeros before it. */
  readonly top: number;
  readonly left: number;
  readonly outHeight: number;
  readonly outWidth: number;
  readonly outChannels: number;
}

/** A convolution in the backend's memory. */
export interface WinogradConvolution extends WinogradSizes {
  /** Addresses. */
  readonly input: number;
  readonly output: number;
  /** `[outChannels]`, where one is added. */
  readonly bias?: number | undefined;
  readonly filter: WinogradFilter;
}

/** Where the taps of a 3x3 filter are, in bytes. */
export interface WinogradFilter {
  /** Address of the tap that meets the first pixel of a window. */
  readonly address: number;
  /** From it to the next one below, and to the right. */
  readonly row: number;
  readonly column: number;
  /** From input channel to input channel, and from output channel to output channel. */
  readonly channel: number;
  readonly outChannel: number;
}

/** How a kind is computed: what the kernels call it, and the sizes along one axis. */
interface Scheme {
  readonly kind: number;
  /** Output pixels of a tile. */
  readonly tile: number;
  /** Input pixels of a tile, and how many of them are the next one's too. */
  readonly window: number;
  readonly overlap: number;
  readonly products: number;
}

export const schemes: Readonly<Record<WinogradSizes['kind'], Scheme>> = {
  same: { kind: 0, tile: 4, window: 6, overlap: 2, products: 6 },
  halved: { kind: 1, tile: 4, window: 9, overlap: 1, products: 9 },
  doubled: { kind: 2, tile: 8, window: 5, overlap: 1, products: 9 },
};

/** Matrices of the transformed filter, and of the sums that its gradient is made of. */
export const matrices = 36;

/** About how much of the second cache the transformed tiles of a group may take. */
const groupBytes = 768 * 1024;

/** Tiles a group at least: the filter's matrices are read for each. */
const leastTiles = 16;

/** Eighty vectors in which a tile is transformed. */
const scratchBytes = 1280;

/** Keeps the matrices of a group from falling into the same lines of the first cache. */
export const skew = 64;

let enabled = true;

/** Turns `simdWinograd` on or off for every convolution; off, all are direct. */
export function enableWinograd(on: boolean): void {
  enabled = on;
}

/**
 * Whether such a convolution is faster by `simdWinograd` than directly. Counts vector operations, fitted to
 * what `npm run bench:winograd` measured: two a product, those of a tile's transforms by channel, and those of
 * the filter's transform, which the tiles share.
 */
export function winogradPays(sizes: WinogradSizes): boolean {
  const { kind, images, channels, outChannels, height, width, top, left } = sizes;
  if (!enabled || channels % 4 !== 0 || outChannels % 4 !== 0) return false;
  const { products } = schemes[kind];
  const [rows, columns] = tilesOf(sizes);
  // What the tiles do not cover is the direct kernel's to crop.
  if (top < 0 || left < 0 || top + height > rows.input || left + width > columns.input) return false;
  if (kind === 'doubled' && (top !== 1 || left !== 1)) return false;
  const pair = 2 * channels * outChannels;
  const tiles = images * rows.count * columns.count;
  const transforms = products ** 2 * (20 * channels + 14 * outChannels);
  const winograd = tiles * (products ** 2 * pair + transforms) + 350 * pair;
  const pixels = images * (kind === 'doubled' ? height * width : sizes.outHeight * sizes.outWidth);
  return winograd < 0.85 * 9 * pair * pixels;
}

/** What a convolution is to `simdWinograd`, where it can be one: its filter is 3x3 and its stride 1 or 2. */
export function winogradSizes(info: tf.backend_util.Conv2DInfo): WinogradSizes | undefined {
  const { filterHeight, filterWidth, strideHeight, strideWidth, padInfo } = info;
  if (filterHeight !== 3 || filterWidth !== 3 || strideHeight !== strideWidth || strideHeight > 2) {
    return undefined;
  }
  return {
    kind: strideHeight === 1 ? 'same' : 'halved',
    images: info.batchSize,
    height: info.inHeight,
    width: info.inWidth,
    channels: info.inChannels,
    top: padInfo.top,
    left: padInfo.left,
    outHeight: info.outHeight,
    outWidth: info.outWidth,
    outChannels: info.outChannels,
  };
}

/** What its input gradient is: the convolution of dy with the flipped filter, in and out exchanged. */
export function winogradInputSizes(info: tf.backend_util.Conv2DInfo): WinogradSizes | undefined {
  const forward = winogradSizes(info);
  if (forward === undefined) return undefined;
  // Stride 2 doubles the size of dy.
  const same = forward.kind === 'same';
  const reach = same ? 2 : 1;
  return {
    kind: same ? 'same' : 'doubled',
    images: forward.images,
    height: forward.outHeight,
    width: forward.outWidth,
    channels: forward.outChannels,
    top: reach - forward.top,
    left: reach - forward.left,
    outHeight: forward.height,
    outWidth: forward.width,
    outChannels: forward.channels,
  };
}

/** Tiles along both axes, and how many padded input pixels they cover. */
export function tilesOf({ kind, outHeight, outWidth }: WinogradSizes) {
  const { tile, window, overlap } = schemes[kind];
  return [outHeight, outWidth].map((size) => {
    const count = Math.ceil(size / tile);
    return { count, input: count * (window - overlap) + overlap };
  }) as [Axis, Axis];
}

interface Axis {
  readonly count: number;
  readonly input: number;
}

/** In how many parts to transform a filter, or its gradient: small ones are done before a thread wakes. */
export function filterPartsOf(simd: Simd, { channels, outChannels }: WinogradSizes): number {
  return partsOf(simd, 144 * channels * outChannels, channels);
}

/** Convolves where `winogradPays` says so; the numbers of channels must be multiples of four. */
export function simdWinograd(simd: Simd, backend: WasmBackend, convolution: WinogradConvolution): void {
  const { images, height, width, channels, top, left, outHeight, outWidth, outChannels } = convolution;
  const { input, output, bias, filter } = convolution;
  const { kind, products } = schemes[convolution.kind];
  const [rows, columns] = tilesOf(convolution);
  const positions = products ** 2;
  const strips = images * rows.count;
  const multiplications = positions * strips * columns.count * channels * outChannels;
  const parts = partsOf(simd, multiplications, strips);
  const tileBytes = 4 * positions * (channels + outChannels);
  const group = Math.min(
    Math.ceil(strips / parts),
    Math.ceil(Math.max(leastTiles, groupBytes / tileBytes) / columns.count),
  );
  const tiles = group * columns.count;
  const filterStep = panelBytes(channels, outChannels) + skew;
  const inputStep = 4 * tiles * channels + skew;
  const productStep = 4 * tiles * outChannels + skew;
  const stripBytes = (products + 1) * 4 * channels * columns.input;
  const zeroBytes = panelBytes(1, outChannels);
  const partSizes = Array.from({ length: parts }, () => [
    stripBytes + scratchBytes,
    positions * inputStep,
    positions * productStep,
  ]);
  withScratch(
    backend,
    [matrices * filterStep, 8 * tiles, zeroBytes, ...partSizes.flat()],
    (packed = 0, table = 0, zeros = 0, ...areas) => {
      new Uint8Array(simd.memory.buffer, zeros, zeroBytes).fill(0);
      fillPixelTable(
        simd,
        table,
        [1, 1, tiles],
        { first: 0, pixel: 4 * channels, row: 0, image: 0 },
        { first: 0, pixel: 4 * outChannels, row: 0, image: 0 },
      );
      const filterParts = Math.min(parts, filterPartsOf(simd, convolution));
      inParts(simd, filterParts, ({ kernels }, part) => {
        const [first, end] = rangeOf(outChannels, filterParts, part, 4);
        kernels.winogradFilter(
          filter.address,
          filter.row,
          filter.column,
          filter.channel,
          filter.outChannel,
          channels,
          outChannels,
          packed,
          filterStep,
          first,
          end,
          kind === 0 ? 0 : 1,
          areas[3 * part] as number,
        );
      });
      inParts(simd, parts, ({ kernels }, part) => {
        const [first, end] = rangeOf(strips, parts, part);
        const [strip = 0, inputs = 0, results = 0] = areas.slice(3 * part);
        kernels.winogradConvolve(
          input,
          height,
          width,
          channels,
          top,
          left,
          kind,
          packed,
          filterStep,
          output,
          outHeight,
          outWidth,
          outChannels,
          zeros,
          bias ?? zeros,
          table,
          first,
          end,
          group,
          strip,
          stripBytes,
          inputs,
          inputStep,
          results,
          productStep,
        );
      });
    },
  );
}
