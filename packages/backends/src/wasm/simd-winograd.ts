import { inParts, partsOf, rangeOf } from './in-parts';
import type { WasmBackend } from './kernel';
import { withScratch } from './scratch';
import { fillPixelTable, panelBytes } from './simd-images';
import type { Simd } from './simd-module';

/** Sizes of a convolution with stride 1, channels last. */
export interface WinogradSizes {
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

/** A convolution with a 3x3 filter and stride 1 in the backend's memory. */
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

/** Products a tile and pair of channels takes: 6x6 for 4x4 output pixels. */
const positions = 36;

/** About how much of the second cache the transformed tiles of a group may take. */
const groupBytes = 512 * 1024;

/** Keeps the matrices of a group from falling into the same lines of the first cache. */
const skew = 64;

let enabled = true;

/** Turns `simdWinograd` on or off for every convolution; off, all are direct. */
export function enableWinograd(on: boolean): void {
  enabled = on;
}

/**
 * Whether such a convolution with a 3x3 filter is faster by `simdWinograd` than directly.
 *
 * Counts vector operations: a product takes two, a tile's transforms take what they do a channel, and the
 * filter's transform is shared by the tiles.
 */
export function winogradPays(sizes: WinogradSizes): boolean {
  const { images, channels, outHeight, outWidth, outChannels, top, left, height, width } = sizes;
  if (!enabled || channels % 4 !== 0 || outChannels % 4 !== 0) return false;
  // A cropped input is the direct kernel's.
  if (top < 0 || left < 0 || outHeight + 2 < height + top || outWidth + 2 < width + left) return false;
  const tiles = images * Math.ceil(outHeight / 4) * Math.ceil(outWidth / 4);
  const products = 2 * channels * outChannels;
  const transforms = 300 * channels + 200 * outChannels;
  const winograd = tiles * (positions * products + transforms) + 400 * channels * outChannels;
  return winograd < 0.8 * 9 * products * images * outHeight * outWidth;
}

/** Convolves where `winogradPays` says so; the numbers of channels must be multiples of four. */
export function simdWinograd(simd: Simd, backend: WasmBackend, convolution: WinogradConvolution): void {
  const { images, height, width, channels, top, left, outHeight, outWidth, outChannels } = convolution;
  const { input, output, bias, filter } = convolution;
  const tileRows = Math.ceil(outHeight / 4);
  const tileColumns = Math.ceil(outWidth / 4);
  const strips = images * tileRows;
  const multiplications = positions * strips * tileColumns * channels * outChannels;
  const parts = partsOf(simd, multiplications, strips);
  const tileBytes = 4 * positions * (channels + outChannels);
  const group = Math.min(
    Math.ceil(strips / parts),
    Math.max(Math.ceil(16 / tileColumns), Math.floor(groupBytes / tileBytes / tileColumns)),
  );
  const tiles = group * tileColumns;
  const filterStep = panelBytes(channels, outChannels) + skew;
  const inputStep = 4 * tiles * channels + skew;
  const productStep = 4 * tiles * outChannels + skew;
  const stripBytes = 7 * 4 * channels * (4 * tileColumns + 2) + 24 * 16;
  const zeroBytes = panelBytes(1, outChannels);
  const partSizes = Array.from({ length: parts }, () => [
    stripBytes,
    positions * inputStep,
    positions * productStep,
  ]);
  withScratch(
    backend,
    [positions * filterStep, 8 * tiles, zeroBytes, ...partSizes.flat()],
    (packed = 0, table = 0, zeros = 0, ...areas) => {
      const { memory } = simd;
      new Uint8Array(memory.buffer, zeros, zeroBytes).fill(0);
      fillPixelTable(
        simd,
        table,
        [1, 1, tiles],
        { first: 0, pixel: 4 * channels, row: 0, image: 0 },
        { first: 0, pixel: 4 * outChannels, row: 0, image: 0 },
      );
      inParts(simd, parts, ({ kernels }, part) => {
        const [first, end] = rangeOf(outChannels, parts, part, 4);
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
          areas[3 * part] as number,
        );
      });
      inParts(simd, parts, ({ kernels }, part) => {
        const [first, end] = rangeOf(strips, parts, part);
        const [strip = 0, inputs = 0, products = 0] = areas.slice(3 * part);
        kernels.winogradConvolve(
          input,
          height,
          width,
          channels,
          top,
          left,
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
          inputs,
          inputStep,
          products,
          productStep,
        );
      });
    },
  );
}
